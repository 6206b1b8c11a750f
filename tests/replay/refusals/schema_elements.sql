create schema app create table t (id int primary key) create view v as select id from t create index i on t (id);
create schema app2 create table b (a_id int references a) create table a (id int primary key);  -- 42P01
create schema app create table x (id int);  -- 42P06
create schema if not exists app3;
create schema if not exists app3 create table x (id int);  -- 0A000
create schema app4 create sequence s grant select on s to anon;
create schema authorization anon;
create schema app5 authorization postgres create table public.x (id int);  -- 42P15
create schema pg_x;  -- 42939
