create table deal_notes (id bigint primary key, title text);
alter table deal_notes enable row level security;
create policy "read" on deal_notes for select using (true);
