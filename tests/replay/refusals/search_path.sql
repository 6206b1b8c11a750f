create schema app;
create schema other;
set search_path to app, public;
create table t (id int);
create type mood as enum ('a');
create table public.u (m mood, t_id int);
create function f() returns int language sql as 'select 1';
set local search_path = other;
create table t (id int);
select 1 from mood;  -- 42P01
create table x (m mood);  -- 42704
set search_path = '';
create table t (id int);  -- 3F000
create table public.y (m app.mood, id int);
create function public.g() returns setof app.t language sql as 'select * from app.t';
reset search_path;
create table z (m mood);  -- 42704
create table z (m app.mood);
set schema 'app';
create table zz (m mood);
select set_config('search_path', '', false);
create table zzz (id int);  -- 3F000
set search_path to missing;
create table zzz (id int);  -- 3F000
set search_path to missing, other;
create table zzz (id int);
set search_path to "$user", public;
drop table t;  -- 42P01
drop table z;
