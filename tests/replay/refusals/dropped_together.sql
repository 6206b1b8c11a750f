create table a (id int primary key);
create table b (id int primary key, a_id int references a);
alter table a add column b_id int references b;
create table c (a_id int references a);
drop table a, b;  -- 2BP01
drop table a, no;  -- 42P01
drop table a, b, c;
create view v as select 1 as x;
create view w as select x from v;
drop view v;  -- 2BP01
drop view v, w, v;
create type mood as enum ('sad');
create domain m as mood;
drop type mood;  -- 2BP01
drop type mood, m;
create type mood as enum ('sad');
create table a (m mood);
drop type mood, mood;  -- 2BP01
drop type mood, mood cascade;
create sequence s;
drop table a, s;  -- 42809
drop table if exists a, no, a;
