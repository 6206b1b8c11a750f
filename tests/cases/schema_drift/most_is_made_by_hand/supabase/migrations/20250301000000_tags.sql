-- The first migration of a project whose tables were made in the dashboard: it alters what it does not create.
create table tags (id bigint primary key, label text not null);
alter table tags enable row level security;
create policy "read" on tags for select using (true);
