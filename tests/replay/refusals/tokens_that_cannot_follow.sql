do $$ begin perform 1 from pg_class c where c.relname operator(pg_catalog.=) 'x'; end $$;
do $$ begin perform 1 order by 1 using <; end $$;
do $$ begin perform x from (values (1),(2)) v(x) order by x using >, x using <; end $$;
do $$ begin if false then create operator public.=== (leftarg = int, rightarg = int, function = int4eq, commutator = ===, negator = !==); end if; end $$;
do $$ begin if false then create table ex (a int4range, b int, exclude using gist (a with &&, b with =)); end if; end $$;
do $$ begin if false then alter operator === (int, int) owner to postgres; end if; end $$;
do $$ begin if false then drop operator === (int, int); end if; end $$;
do $$ begin if false then comment on operator === (int, int) is 'x'; end if; end $$;
do $$ begin if false then create operator class oc for type int using btree as operator 1 <, operator 2 <=, operator 3 =, function 1 btint4cmp(int, int); end if; end $$;
do $$ begin if false then alter table ex add constraint c exclude using gist (a with =); end if; end $$;
do $$ declare x int[] := '{1,2,3}'; begin x := x[1:]; x := x[:2]; x := x[:]; perform x[1:2]; end $$;
do $$ declare r pg_class%rowtype; t pg_class.relname%type; begin r := null; end $$;
do $$ declare x int := -1; y int := - 1; z bool := not x = - y; begin x := x - -1; x := x * - 1; x := (- x); x := @ x; x := |/ 4.0; end $$;
do $$ begin perform count(*) from pg_class; perform count(*), 1; perform c.* from pg_class c where false; perform 1 where (select count(*) from pg_class) > 0; end $$;
do $$ begin perform 'a'; end $$;
do $$ begin perform 1 + case when true then 1 else - 1 end; perform '{"a":1}'::jsonb ? 'a', '{"a":1}'::jsonb -> 'a', '{"a":1}'::jsonb #>> '{a}'; end $$;
do $$ begin perform interval '1 day' day; perform timestamp(3) 'now', time with time zone '10:00', date '2020-01-01', bit '1', char(2) 'ab'; end $$;
do $$ declare c cursor (a int) for select a; begin for r in c(a => 1) loop null; end loop; for r in c(a := 1) loop null; end loop; end $$;
do $$ begin for i in 1..3 loop null; end loop; for i in reverse 3 .. 1 by 2 loop null; end loop; end $$;
do $$ begin perform 2 ^ - 1, 5 % - 2, 1 < - 1, 'a' <> all (array['b']), 1 = any ('{1}'), 'a' ~ '^a', 'a' !~* 'b', ~ 1, 1 # 2, 1 << 2; end $$;
do $$ begin perform U&'a' UESCAPE '!', e'a', b'1', x'1f', $q$a$q$; raise notice '%' , 'a'; raise notice 'x', 1; end $$;  -- 42601
do $$ begin perform f from (select 1 as f) s where f in (1, 2) and f between 1 and 2; execute 'select $1' using 1, 2; end $$;
do $$ begin perform row(), array[]::int[], coalesce(null, 1), (1, 2) = (1, 2), '(' || ')' || ','; end $$;
do $$ begin perform (1,); end $$;  -- 42601
do $$ begin perform (,1); end $$;  -- 42601
do $$ begin perform array[1,]; end $$;  -- 42601
do $$ begin perform 1 2; end $$;  -- 42601
do $$ begin perform 'a' 'b'; end $$;  -- 42601
do $$ begin perform 1 = = 2; end $$;  -- 42601
do $$ begin perform 1 = <> 2; end $$;  -- 42601
do $$ begin if (1 =) then null; end if; end $$;  -- 42601
do $$ begin if 1 = then null; end if; end $$;  -- 42601
do $$ begin if false then perform a, from pg_class; end if; end $$;  -- 42601
do $$ begin if false then insert into x values (1, 2,); end if; end $$;  -- 42601
do $$ begin if false then insert into x values (1 2); end if; end $$;  -- 42601
do $$ begin if false then update x set a = where b = 1; end if; end $$;  -- 42601
do $$ begin if false then update x set a = 1, where b = 1; end if; end $$;  -- 42601
do $$ begin if false then delete from x where a = ; end if; end $$;  -- 42601
do $$ begin if false then return; end if; perform jsonb_build_object('a', 1,); end $$;  -- 42601
do $$ declare x int := = 1; begin null; end $$;  -- 42601
do $$ declare x int; begin x := = 1; end $$;  -- 42601
do $$ declare x int; begin x := 1 +; end $$;  -- 42601
do $$ declare x int; begin x := 1 + ); end $$;  -- 42601
do $$ begin perform 'a' ||; end $$;  -- 42601
create function q4a() returns int language plpgsql as $$ declare x int; begin x := ; return 1; end $$;
create function q4b() returns int language plpgsql as $$ begin if false then return 1 = ; end if; return 1; end $$;  -- 42601
create function q4c() returns int language plpgsql as $$ begin return (select 1 where 1 = any (array[1,2,])); end $$;  -- 42601
