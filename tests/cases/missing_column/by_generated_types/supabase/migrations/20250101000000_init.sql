create table notes (id bigint primary key, text text);
alter table notes enable row level security;
create policy "read" on notes for select using (true);
