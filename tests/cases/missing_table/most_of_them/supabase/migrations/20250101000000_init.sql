create table tags (id bigint primary key, label text not null);
alter table tags enable row level security;
create policy "read" on tags for select using (true);
