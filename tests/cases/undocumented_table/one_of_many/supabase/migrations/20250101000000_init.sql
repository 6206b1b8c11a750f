create table profiles (id uuid primary key);
alter table profiles enable row level security;
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
create table posts (id uuid primary key); -- expect: FC402
alter table posts enable row level security;
create view shown with (security_invoker = on) as select id from posts;
create schema inner_work;
create table inner_work.queue (id uuid primary key);
