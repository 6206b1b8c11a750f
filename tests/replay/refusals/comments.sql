create table t (id int primary key, a int);
create view v as select id from t;
create index i on t (a);
create sequence s;
create type m as enum ('a');
create type c as (x int);
create function f(int) returns int language sql as 'select 1';
comment on table t is 'x';
comment on table v is 'x';  -- 42809
comment on view t is 'x';  -- 42809
comment on table missing is 'x';  -- 42P01
comment on table nothing.t is 'x';  -- 3F000
comment on column t.missing is 'x';  -- 42703
comment on column missing.a is 'x';  -- 42P01
comment on column v.id is 'x';
comment on column v.a is 'x';  -- 42703
comment on column c.x is 'x';
comment on column c.y is 'x';  -- 42703
comment on column i.a is 'x';  -- 42809
comment on column i.b is 'x';  -- 42703
comment on column s.last_value is 'x';  -- 42809
comment on column public.t.missing is 'x';  -- 42703
comment on index i is 'x';
comment on index t is 'x';  -- 42809
comment on index missing is 'x';  -- 42P01
comment on sequence s is 'x';
comment on sequence t is 'x';  -- 42809
comment on function f(int) is 'x';
comment on function f is 'x';
comment on function f(text) is 'x';  -- 42883
comment on function missing() is 'x';  -- 42883
comment on procedure f(int) is 'x';  -- 42809
comment on policy p on t is 'x';  -- 42704
comment on policy p on missing is 'x';  -- 42P01
comment on trigger g on t is 'x';  -- 42704
comment on constraint t_pkey on t is 'x';
comment on constraint missing on t is 'x';  -- 42704
comment on type m is 'x';
comment on type missing is 'x';  -- 42704
comment on schema missing is 'x';  -- 3F000
comment on extension missing is 'x';  -- 42704
comment on publication missing is 'x';  -- 42704
comment on role nobody_here is 'x';  -- 42704
comment on type t is 'x';
comment on domain m is 'x';  -- 42809
comment on materialized view v is 'x';  -- 42809
comment on table i is 'x';  -- 42809
