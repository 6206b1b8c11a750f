create type mood as enum ('sad', 'ok');
create table a (id bigint primary key, name text not null, email text unique);
create table a (id int, id int);  -- 42701
create table a (m nothing);  -- 42704
create table a (like nothing);  -- 42P01
create table a (id int references nothing);  -- 42P07
create table a (id int check (missing > 1));  -- 42P07
create table b (like nothing);  -- 42P01
create table b (id int, id int);  -- 42701
create table b (id int primary key, primary key (id));  -- 42P16
create table b (id int, primary key (missing));  -- 42703
create table b (id int, unique (missing));  -- 42703
create table b (id int, constraint x check (id > 1), constraint x check (id > 2));  -- 42710
create table b (id int, constraint x unique (id), constraint x check (id > 2));  -- 42710
create table b (id int, foreign key (missing) references a);  -- 42703
create table b (id int references a (missing));  -- 42703
create table nothing.b (id int);  -- 3F000
create table nothing.b (id nothing);  -- 3F000
create table b (id int) inherits (nothing);  -- 42P01
create table if not exists a (m nothing);
create table if not exists a (id int, id int);
create table b (like a, id int);  -- 42701
create table b (id int default missing);  -- 0A000
create table b (id int default (select 1));  -- 0A000
create table b (id int, n int generated always as (missing + 1) stored);  -- 42703
create table b (id int generated always as identity, n int generated always as identity);
create table b (id int default 1 generated always as identity);  -- 42601
create table b (id serial default 1);  -- 42601
create table b (id text generated always as identity);  -- 22023
create table b (id text[] serial);  -- 42601
create table mood (id int);  -- 42710
create type a as enum ('x');  -- 42710
alter type mood rename to a;  -- 42710
alter type mood rename value 'sad' to 'ok';  -- 42710
alter type mood rename value 'x' to 'ok';  -- 22023
alter type mood add value 'ok';  -- 42710
alter type nothing.mood add value 'x';  -- 3F000
drop type if exists nothing.mood;
drop type nothing.mood;  -- 3F000
drop type a;  -- 2BP01
drop type a cascade;  -- 2BP01
alter table a set schema public;
alter table a rename to a;  -- 42P07
alter table a rename column name to name;  -- 42701
alter table a rename column name to email;  -- 42701
alter table a rename column ctid to x;  -- 0A000
alter table a add column ctid int;  -- 42701
alter table a add column xmin int;  -- 42701
create table zz (oid int);
create table zy (tableoid int);  -- 42701
alter table b add constraint b_pkey foreign key (n) references c;  -- 42P01
alter table a add constraint a_pkey foreign key (id) references c;  -- 42710
alter table a_pkey rename column x to z;  -- 42703
alter table a_pkey rename column id to z;
create function g(int) returns trigger language plpgsql as 'begin end';  -- 42P13
create function f() returns int language sql as 'select 1';
alter function f() rename to f;  -- 42723
alter function f() set schema public;
alter publication supabase_realtime drop table a;  -- 42704
alter publication supabase_realtime add table a;
alter publication supabase_realtime add table a;  -- 42710
alter publication supabase_realtime drop table a;
alter publication missing add table a;  -- 42704
alter publication supabase_realtime add table missing;  -- 42P01
create view pv as select 1 as x;
alter publication supabase_realtime add table pv;  -- 22023
create table c as select name, name from a;  -- 42701
create view d as select id, id from a;  -- 42701
create view d (x) as select id, name from a;
create view d (x, y, z) as select id, name from a;  -- 42601
create view d (x, x) as select id, name from a;  -- 42701
create materialized view d as select id, id from a;  -- 42P07
create materialized view d (x, y, z) as select id, name from a;  -- 42P07
