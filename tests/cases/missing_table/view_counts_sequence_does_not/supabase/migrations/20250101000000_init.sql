create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create view recent with (security_invoker = on) as select id from notes;
create materialized view stats as select count(*) from notes;
create sequence numbers;
