create schema app;
create table t (id int, a int);
create sequence s;
create index i on t (a);
create type m as enum ('a');
create function f(int) returns int language sql as 'select 1';
create procedure p() language sql as 'select 1';
grant select on missing to anon;  -- 42P01
grant select on nothing.missing to anon;  -- 3F000
grant select on t to nobody_here;  -- 42704
grant select on missing to nobody_here;  -- 42P01
grant execute on t to anon;  -- 0LP01
grant execute on t to nobody_here;  -- 42704
grant usage on t to anon;  -- 0LP01
grant usage on table s to anon;
grant select on i to anon;  -- 42809
grant select on sequence t to anon;  -- 42809
grant execute on function f() to anon;  -- 42883
grant execute on function f(text) to anon;  -- 42883
grant execute on function f(nothing) to anon;  -- 42704
grant execute on function g to anon;  -- 42883
grant execute on function nothing.g to anon;  -- 3F000
grant usage on schema nothing to anon;  -- 3F000
grant select on all tables in schema nothing to anon;  -- 3F000
grant select (missing) on t to anon;  -- 42703
grant select on schema app to anon;  -- 0LP01
revoke select on t from nobody_here;  -- 42704
revoke execute on function now() from anon;
alter default privileges for role nobody_here grant select on tables to anon;  -- 42704
alter default privileges in schema nothing grant select on tables to anon;  -- 3F000
alter default privileges grant select on tables to nobody_here;  -- 42704
alter default privileges grant execute on tables to anon;  -- 0LP01
create role anon;  -- 42710
drop role nobody_here;  -- 42704
drop role if exists nobody_here;
alter role nobody_here rename to z;  -- 42704
alter table t owner to nobody_here;  -- 42704
alter table missing owner to nobody_here;  -- 42P01
alter function f(int) owner to nobody_here;  -- 42704
alter function missing(int) owner to nobody_here;  -- 42704
alter function missing(int) owner to postgres;  -- 42883
alter function f(int) set search_path = '';
alter function f(text) set search_path = '';  -- 42883
alter sequence s owner to nobody_here;  -- 42704
alter sequence missing owner to postgres;  -- 42P01
alter schema app owner to nobody_here;  -- 42704
alter type m owner to nobody_here;  -- 42704
alter type missing owner to postgres;  -- 42704
alter view t owner to nobody_here;  -- 42809
create policy p on t to nobody_here using (true);  -- 42704
create policy p on missing to nobody_here using (true);  -- 42704
create policy p on t to anon using (true);
alter policy p on t to nobody_here;  -- 42704
create schema q authorization nobody_here;  -- 42704
create table x.y (id int);  -- 3F000
grant select on t to current_user;
grant nobody_here to anon;  -- 42704
grant anon to nobody_here;  -- 42704
grant execute on procedure p() to anon;
grant execute on routine p() to anon;
