create table profiles (id uuid primary key);
alter table profiles enable row level security;
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
