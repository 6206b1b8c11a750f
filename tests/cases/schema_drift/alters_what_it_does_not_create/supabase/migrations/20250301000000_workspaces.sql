create table workspaces (id bigint primary key, name text);
alter table workspaces enable row level security;
create policy "read" on workspaces for select using (true);
-- Whoever wrote this had the table: it was made in the dashboard.
alter table deals add column if not exists workspace_id bigint references workspaces; -- expect: FC201
