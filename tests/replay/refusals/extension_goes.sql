create extension citext with schema extensions;
create extension vector with schema extensions;
create table t (id int, e extensions.citext, v extensions.vector(3));
create function f(extensions.vector) returns int language sql as 'select 1';
drop extension citext;  -- 2BP01
drop extension vector;  -- 2BP01
drop extension vector cascade;
drop extension citext cascade;
drop extension citext;  -- 42704
drop extension if exists citext;
create table u (e extensions.citext);  -- 42704
create extension citext;
create table u (e citext);
