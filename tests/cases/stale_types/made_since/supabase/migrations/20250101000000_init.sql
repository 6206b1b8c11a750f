create type mood as enum ('sad', 'ok', 'glad');
create table notes (id uuid primary key, title text);
alter table notes enable row level security;
create view recent with (security_invoker = on) as select id from notes;
create function greet(name text) returns text language sql as $$ select 'hello ' || name $$;
