create table carts (id uuid primary key);
alter table carts enable row level security;
create policy "their own" on carts for select to authenticated using (true);
