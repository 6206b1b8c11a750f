create table carts (id uuid primary key);
alter table carts enable row level security;
create policy "their own" on carts for select to authenticated using (true);
alter table carts add column of_order uuid references orders (id);
create index carts_totals on orders (total);
