create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create schema archive;
alter table notes set schema archive;
