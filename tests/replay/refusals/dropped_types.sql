create type mood as enum ('sad', 'ok');
create type pair as (a mood, b int);
create domain happy as mood;
create table t (id int, m mood, h happy, p pair, l mood[]);
create view v as select m from t;
create view w as select id from t;
create function f(mood) returns int language sql as 'select 1';
create function g() returns int language sql as $$ select 1 where 'sad'::public.mood is null $$;
drop type pair;  -- 2BP01
drop type happy;  -- 2BP01
drop type mood cascade;
drop type pair cascade;
