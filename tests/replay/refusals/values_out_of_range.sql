-- A number that its type does not hold, a day that no calendar has, and a text that is longer than its column lets in.
create table a (s smallint default '32768');  -- 22003
create table a (s smallint default '-32768', i int default '2147483647', b bigint default '-9223372036854775808');
create table c (i int default '2147483648');  -- 22003
create table c (d date default '2024-02-30');  -- 22008
create table c (d date default '2024-13-01');  -- 22008
create table c (d date default '2024-02-29', t timestamptz default '2024-1-2 03:04:05+05:30', code varchar(2) default 'abc', sign char(3), n numeric(4, 2), name text);
insert into c (d) values ('2023-02-29');  -- 22008
insert into c (d, code) values ('2023-02-28', 'ab');
insert into c (code) values ('abc');  -- 22001
insert into c (code) values ('ab  ');
insert into c (code) values ('äöü');  -- 22001
insert into c (code) values ('äö'), ('xyz');  -- 22001
insert into c (sign) values ('four');  -- 22001
insert into c (sign, name, code) values ('one', 'a text of any length', 'a');
update c set code = 'abc';  -- 22001
update c set code = 'a', t = '2024-01-01';
alter table c add check (d > '2024-06-31');  -- 22008
create view v as select 'abcd'::varchar(2) as code, '2024-01-01'::date as d;

-- An argument's default is one of the argument's type.
create function f(ids uuid[] default '[]') returns void language sql as 'select 1';  -- 22P02
create function f(n int default 'x') returns void language sql as 'select 1';  -- 22P02
create function f(n int default '5'::text) returns void language sql as 'select 1';  -- 42804
create function f(active boolean default 1) returns void language sql as 'select 1';  -- 42804
create function f(j jsonb default '{}'::text) returns void language plpgsql as 'begin end';  -- 42804
create function f(n smallint default '40000') returns void language sql as 'select 1';  -- 22003
create function f(ids uuid[] default '{}', n int default '5', j jsonb default '[]', code varchar(2) default 'abc', at timestamptz default now(), price numeric default 1, big bigint default 1, t text default null) returns void language sql as 'select 1';
create procedure p(n int default true) language plpgsql as 'begin end';  -- 42804
