create table personas (id uuid primary key);
alter table personas enable row level security;
