create schema app;
create type mood as enum ('a');
create table t (id serial primary key, m mood, u int unique);
create index ti on t (u);
create function f() returns int language sql as 'select 1';
create view v as select id from t;
create sequence s;
alter table t set schema app;
alter type mood set schema app;
alter function f() set schema app;
alter view v set schema app;
alter sequence s set schema app;
alter table missing set schema app;  -- 42P01
alter table app.t set schema missing;  -- 3F000
alter table if exists missing set schema app;
create table t (id serial primary key);
alter table t set schema app;  -- 42P07
create function app.g() returns int language sql as 'select 1';
create function g() returns int language sql as 'select 1';
alter function g() set schema app;  -- 42723
alter index app.ti rename to ti2;
alter index app.ti rename to ti2;  -- 42P01
alter sequence app.t_id_seq set schema public;  -- 0A000
alter materialized view v set schema app;  -- 42P01
alter schema app rename to app2;
select 1 from app2.t;
select 1 from app.t;  -- 42P01
drop schema app2;  -- 2BP01
drop schema app2 cascade;
