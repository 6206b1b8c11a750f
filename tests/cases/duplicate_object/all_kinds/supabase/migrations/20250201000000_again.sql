create table notes (id int); -- expect: FC203
alter table notes add column owner uuid; -- expect: FC203
create type mood as enum ('ok'); -- expect: FC203
create policy own on notes for select using (true); -- expect: FC203
create function f() returns int language sql as 'select 2'; -- expect: FC203
create schema s; -- expect: FC203
create index notes_owner on notes (id); -- expect: FC203
create view notes as select 1 as one; -- expect: FC203
