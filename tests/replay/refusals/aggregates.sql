create function acc(a int, b int) returns int language sql immutable as 'select a + b';
create aggregate my_sum (int) (sfunc = acc, stype = int, initcond = '0');
create aggregate my_sum (int) (sfunc = acc, stype = int, initcond = '0');  -- 42723
create or replace aggregate my_sum (int) (sfunc = acc, stype = int, initcond = '1');
create aggregate bad (int) (sfunc = missing, stype = int);  -- 42883
create table t (id int, check (id > 0));
create view v as select my_sum(id) as s from t;
drop function acc(int, int);  -- 2BP01
drop aggregate my_sum(int);  -- 2BP01
drop aggregate my_sum(text);  -- 42883
drop aggregate if exists nothing(int);
drop function my_sum(int);  -- 42809
comment on aggregate my_sum(int) is 'x';
comment on aggregate nothing(int) is 'x';  -- 42883
alter aggregate my_sum(int) rename to my_sum2;
grant execute on function my_sum2(int) to anon;
drop aggregate my_sum2(int) cascade;
create aggregate pct (order by int) (sfunc = acc, stype = int);
create aggregate old (basetype = int, sfunc = acc, stype = int);
