create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create table agents (id uuid primary key);
alter table agents enable row level security;
