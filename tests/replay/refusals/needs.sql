create type mood as enum ('sad', 'ok');
create type other as enum ('x');
create domain short as text check (length(value) < 10);
create function one() returns int language sql as 'select 1';
create function two(a int) returns int language sql immutable as 'select 1';
create function two(a int, b int) returns int language sql immutable as 'select 1';
create function three(a int, b int default 2) returns bool language sql immutable as 'select true';
create function four(m mood) returns bool language sql as 'select true';
create function five() returns bool language sql as 'select true';
create function six() returns int language sql immutable as 'select 1';
create function seven() returns setof mood language sql as 'select null::public.mood';
create table t (id int default one(), a int check (two(a) > 1), b int generated always as (two(a, 1)) stored, m text, s short, n int);
create index i on t (six());
create index j on t (n) where three(n);
create policy p on t using (five() and 'x'::other is not null);
create policy q on t using (three(a));
create policy r on t using ((select four('sad'::mood)));
create view v as select two(a, 2) as x, id from t;
create view w as select x from v;
create materialized view mv as select four('ok') as y;
drop function one();  -- 2BP01
drop function two(int);  -- 2BP01
drop function two(int, int);  -- 2BP01
drop function three(int, int);  -- 2BP01
drop function four;  -- 2BP01
drop function five;  -- 2BP01
drop function six;  -- 2BP01
drop type other;  -- 2BP01
drop type mood;  -- 2BP01
drop type short;  -- 2BP01
drop domain short;  -- 2BP01
alter policy p on t using (true);
drop function five;
drop type other;
drop function one() cascade;
drop function two(int) cascade;
drop function six cascade;
drop function three(int, int) cascade;
drop function four cascade;
drop function two(int, int) cascade;
drop type mood;  -- 2BP01
drop type mood cascade;
drop domain short cascade;
