create type pair as (x int, y text);
create type mood as enum ('sad');
create domain small as int;
create table a (id int);
create view v as select 1 as x;
alter type a rename value 'x' to 'y';  -- 42809
alter type a rename to b;  -- 42809
alter type a set schema auth;  -- 42809
alter type a add attribute z int;  -- 42809
alter type a rename attribute id to z;
alter type v rename to w;  -- 42809
alter type small rename value 'a' to 'b';  -- 42809
alter type pair rename value 'a' to 'b';  -- 42809
alter type nowhere.m rename value 'a' to 'b';  -- 3F000
alter type tiny add attribute z int;  -- 42P01
alter type nowhere.tiny add attribute z int;  -- 3F000
alter type tiny rename attribute z to y;  -- 42P01
alter type tiny rename to b;  -- 42704
alter type pair rename to pair;  -- 42P07
alter type pair rename to a;  -- 42P07
alter type pair rename to mood;  -- 42710
alter type mood rename to pair;  -- 42710
alter type mood rename to a;  -- 42710
create type t2 as (x int, x int);  -- 42701
create type t3 as (x int, x nothing);  -- 42701
create table c of a;  -- 42809
create table d of v;  -- 42809
create function f(x int, x int) returns int language sql as 'select 1';  -- 42P13
create function f(x int) returns table (x int) language sql as 'select 1';
create function f() returns table (x int, x int) language sql as 'select 1';  -- 42P13
create trigger t instead of insert on a for each row execute function no();  -- 42809
create publication k for tables in schema nowhere;  -- 3F000
