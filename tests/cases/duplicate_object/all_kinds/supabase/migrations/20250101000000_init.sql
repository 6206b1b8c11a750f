create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create type mood as enum ('sad');
create policy own on notes for select using (true);
create function f() returns int language sql as 'select 1';
create schema s;
create index notes_owner on notes (owner);
