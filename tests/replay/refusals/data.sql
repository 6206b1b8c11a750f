create table t (id int primary key, a int, j jsonb, arr int[]);
create table u (id int, t_id int);
create view v as select id from t;
create type pair as (x int, y int);
create table c (id int, p pair);
insert into t (id, missing) values (1, 2);  -- 42703
insert into t (id, a) values (1, 2);
insert into t as x (id, a) values (2, 2) on conflict (id) do update set a = x.a;
insert into t (missing) select id from nothing;  -- 42703
insert into t (id, a) select id, missing from u;  -- 42703
insert into t (id, arr[1]) values (4, 2);
insert into c (id, p.x) values (4, 2);
insert into v (missing) values (1);  -- 42703
insert into v (id) values (9);
insert into t values (5);
insert into nothing.t (id) values (1);  -- 42P01
update t set missing = 1;  -- 42703
update t set a = 1 where missing = 2;  -- 42703
update t x set a = 1 where x.missing = 2;  -- 42703
update t as x set a = 1 where t.id = 2;  -- 42P01
update t as x set a = 1 where x.id = 2;
update t set (a, missing) = (1, 2);  -- 42703
update t set (a, j) = (select 1, '{}'::jsonb);
update t set a = u.id from u where u.t_id = t.id;
update t set a = 1 where id in (select t_id from u where u.id = t.a);
update t set a = 1 where id in (select missing from u);  -- 42703
update t set a = 1 where exists (select 1 from nothing);  -- 42P01
update t set j['x'] = '1', arr[1] = 2;
update c set p.x = 1;
update only t set a = default where id = 1 returning *;
update t set a = DEFAULT;
update nothing set a = 1;  -- 42P01
update t * set a = 1 where ctid is not null and t is not null;
delete from t where missing = 1;  -- 42703
delete from t x where x.id = 1;
delete from t where t.id = 1 and a = any (array[1]);
delete from t using u where u.id = t.id;
delete from t where id = (select max(id) from u where u.t_id = t.id);
delete from nothing where a = 1;  -- 42P01
delete from only t where current_user = 'x';
do $$ declare v_a int := 1; begin update t set a = v_a where id = v_a; insert into t (id, a) select v_a, id from u; delete from t where id = v_a; end $$;
do $$ begin insert into t (missing) values (1); end $$;  -- 42703
do $$ begin update t set missing = 1; end $$;  -- 42703
do $$ begin execute 'update t set a = 1 where missing = 1'; end $$;  -- 42703
create function f(x int) returns void language sql as $$ update t set a = x where id = f.x; $$;
create function g(x int) returns void language sql as $$ update t set missing = x; $$;  -- 42703
create function i(x int) returns void language sql as $$ insert into t (id, missing) values (1, 2); $$;  -- 42703
