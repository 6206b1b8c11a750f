create type mood as enum ('sad', 'ok');
create type pair as (a int, b text);
create domain email as text check (value like '%@%');
create table t (id uuid primary key, n int, m mood, at timestamptz, d date, tags text[], j jsonb, b boolean, name text, e email, hour time, long interval, amount numeric(10,2), small smallint, js json);
create function r1() returns uuid language sql as 'select n from t';  -- 42P13
create function r2() returns bigint language sql as 'select n from t';
create function r3() returns int language sql as 'select id, n from t';  -- 42P13
create function r4() returns table (a uuid, b int) language sql as 'select id from t';  -- 42P13
create function r5() returns table (a uuid, b text) language sql as 'select id, n from t';
create function r6() returns table (a uuid, b int) language sql as 'select id, name from t';  -- 42P13
create function r7() returns setof t language sql as 'select * from t';
create function r8() returns setof t language sql as 'select t from t';
create function r9() returns t language sql as 'select id from t';  -- 42P13
create function r10() returns void language sql as 'select id from t';
create function r11() returns json language sql as 'select j from t';
create function r12() returns setof record language sql as 'select id from t';
create function r13() returns text language sql as 'select m from t';
create function r15() returns pair language sql as 'select n, name from t';
create function r16() returns pair language sql as 'select n from t';  -- 42P13
create function r17() returns boolean language sql as 'select exists (select 1 from t)';
create function r18() returns boolean language sql as 'select n from t';  -- 42P13
create function r19() returns int language sql as 'select count(*) from t';
create function r20() returns timestamptz language sql as 'select d from t';
create function r21(out x int, out y text) language sql as 'select n, name from t';
create function r22() returns text[] language sql as 'select tags from t';
create function r23() returns text language sql as 'select tags from t';
create function r24() returns text[] language sql as 'select name from t';  -- 42P13
create function r25() returns setof uuid language sql as 'select id from t union select gen_random_uuid()';
create function r26() returns email language sql as 'select name from t';
create function r27() returns int language sql as 'insert into t (id) values (gen_random_uuid()) returning n';
create function r28() returns interval language sql as 'select hour from t';
create function r29() returns time language sql as 'select at from t';
create function r30() returns numeric language sql as 'select b from t';  -- 42P13
alter table t alter n set default '5';
alter table t alter n set default 5.5;
alter table t alter n set default 'x';  -- 22P02
alter table t alter n set default null;
alter table t alter n set default -1;
alter table t alter n set default (1);
alter table t alter n set default 1 + 1;
alter table t alter n set default '1'::text;  -- 42804
alter table t alter n set default '1'::int;
alter table t alter n set default random();
alter table t alter n set default current_date;  -- 42804
alter table t alter m set default 'sad';
alter table t alter m set default 'glad';  -- 22P02
alter table t alter m set default 'sad'::mood;
alter table t alter m set default 'glad'::mood;  -- 22P02
alter table t alter m set default 'sad'::text;  -- 42804
alter table t alter at set default now();
alter table t alter at set default current_timestamp;
alter table t alter at set default current_date;
alter table t alter at set default 'now()';
alter table t alter at set default '';  -- 22007
alter table t alter at set default 'January 8, 1999';
alter table t alter at set default timezone('utc', now());
alter table t alter at set default now() at time zone 'utc';
alter table t alter at set default (now() + interval '1 day');
alter table t alter d set default now();
alter table t alter d set default current_timestamp;
alter table t alter tags set default '{}';
alter table t alter tags set default '[]';  -- 22P02
alter table t alter tags set default '[]'::jsonb;  -- 42804
alter table t alter tags set default '{}'::text[];
alter table t alter tags set default array[]::text[];
alter table t alter tags set default '[]'::text[];  -- 22P02
alter table t alter tags set default '{a,b';  -- 22P02
alter table t alter tags set default '';  -- 22P02
alter table t alter tags set default 'a';  -- 22P02
alter table t alter j set default '{}';
alter table t alter j set default '[]';
alter table t alter j set default '{}'::json;
alter table t alter j set default '{}'::jsonb;
alter table t alter j set default '{a: 1}';  -- 22P02
alter table t alter j set default '{"a": 1,}';  -- 22P02
alter table t alter j set default 'null';
alter table t alter j set default '';  -- 22P02
alter table t alter j set default true;  -- 42804
alter table t alter j set default 1;  -- 42804
alter table t alter j set default '1';
alter table t alter j set default jsonb_build_object();
alter table t alter b set default 'f';
alter table t alter b set default 'off';
alter table t alter b set default 'of';
alter table t alter b set default 'o';  -- 22P02
alter table t alter b set default '1';
alter table t alter b set default 1;  -- 42804
alter table t alter b set default '2';  -- 22P02
alter table t alter b set default 'TRUE';
alter table t alter b set default false;
alter table t alter b set default '';  -- 22P02
alter table t alter name set default 1;
alter table t alter name set default true;
alter table t alter name set default now();
alter table t alter name set default auth.uid();
alter table t alter id set default auth.uid();
alter table t alter id set default uuid_generate_v4();
alter table t alter id set default extensions.uuid_generate_v4();
alter table t alter id set default auth.email();  -- 42804
alter table t alter id set default md5('x')::uuid;
alter table t alter id set default '';  -- 22P02
alter table t alter id set default '{00000000-0000-0000-0000-000000000000}';
alter table t alter e set default 'x';
alter table t alter e set default 1;
alter table t alter hour set default now();
alter table t alter hour set default '10:00';
alter table t alter hour set default 10;  -- 42804
alter table t alter long set default '1 day';
alter table t alter long set default 5;  -- 42804
alter table t alter long set default now();  -- 42804
alter table t alter amount set default 0;
alter table t alter amount set default '0.00';
alter table t alter amount set default 'zero';  -- 22P02
alter table t alter amount set default '1e5';
alter table t alter amount set default ' 1 ';
alter table t alter amount set default 'NaN';
alter table t alter amount set default '1,000';  -- 22P02
alter table t alter small set default 100000;
alter table t alter js set default '{}'::jsonb;
alter table t alter js set default 'x';  -- 22P02
update t set n = '5', m = 'sad', at = now(), tags = '{}', j = '{}', b = false, name = 5, id = gen_random_uuid();
update t set n = 'x';  -- 22P02
update t set m = 'glad';  -- 22P02
update t set m = 5;  -- 42804
update t set tags = '[]';  -- 22P02
update t set tags[1] = 'a';
update t set (n, name) = (1, 'x');
update t set j = '{}'::json;
update t set b = 'yes' where n = 5;
update t set b = 'maybe';  -- 22P02
update t set n = n + 1, name = 5.5, amount = 5;
update t set at = 5;  -- 42804
update t set at = '2020-01-01' from (select 1) x;
update t set n = default;
insert into t (id, n) values (gen_random_uuid(), 1, 2);  -- 42601
insert into t (id, n) values (gen_random_uuid());  -- 42601
insert into t (id, n) values (gen_random_uuid(), 1), (gen_random_uuid(), 'x');  -- 22P02
insert into t (id, n) values (gen_random_uuid(), 1), (gen_random_uuid());  -- 42601
insert into t (id, b) values (gen_random_uuid(), 1);  -- 42804
insert into t (id, tags) values (gen_random_uuid(), '["a"]');  -- 22P02
insert into t (id, j) values (gen_random_uuid(), '{a: 1}');  -- 22P02
insert into t (id, d) values (gen_random_uuid(), 20200101);  -- 42804
insert into t (id, amount) values (gen_random_uuid(), '12,50');  -- 22P02
select * from t where n = true;  -- 42883
select * from t where b = true and n = 1 and amount > 0 and small in (1, 2);
select * from t where name = 1;  -- 42883
select * from t where m = 1;  -- 42883
select * from t where id = 1;  -- 42883
select * from t where at > 0;  -- 42883
select * from t where at > '2020-01-01' and d = 'today';
select * from t where tags = '{}';
select * from t where tags = '[]';  -- 22P02
select * from t where 1 = b;  -- 42883
select * from t where j = '{}';
select * from t where j = 'x';  -- 22P02
create index on t (n) where b = 1;  -- 42883
create index on t (n) where b = true;
create index on t (n) where n > 0;
create policy p on t using (b = 1);  -- 42883
create policy p on t using (name = 1);  -- 42883
create policy p on t using (n = 1 and b = true);
alter table t add check (n > 'x');  -- 22P02
alter table t add check (amount >= 0 and amount <= 100 and n between 1 and 5);
alter table t add check (name <> 5);  -- 42883
alter table t add column c1 varchar(max);  -- 42601
alter table t add column c2 varchar(10) default 5;
alter table t add column c3 char(n);  -- 42601
alter table t add column c4 boolean not null default 0;  -- 42804
alter table t add column c5 text[] not null default '[]';  -- 22P02
alter table t add column c6 jsonb not null default '[]'::text;  -- 42804
create table x (a jsonb references t);  -- 42804
create table x (a text references t);  -- 42804
create table x (a int references t (n));  -- 42830
create view v1 as select * from t where b = 1;  -- 42883
create view v2 as select * from t where n = '1';
