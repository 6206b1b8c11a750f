create function f1(a int) returns int language plpgsql as $$ declare v int; begin select 1 into v; select 1 into w; return v; end $$;  -- 42601
create function f2(a int) returns int language plpgsql as $$ begin x := 1; return 1; end $$;  -- 42601
create function f3() returns int language plpgsql as $$ begin for r in select 1 loop null; end loop; return 1; end $$;  -- 42601
create function f4() returns int language plpgsql as $$ declare c cursor for select 1 as a; begin for r in c loop null; end loop; for i in 1..3 loop i := 2; end loop; <<l>> for j in reverse 3..1 loop null; end loop; return 1; end $$;
create function f5() returns int language plpgsql as $$ begin upsert into a (b) values (1); return 1; end $$;  -- 42601
create function f6() returns int language plpgsql as $$ declare a int; begin select count(*) into a, count(*) filter (where true) into b from pg_class; return 1; end $$;  -- 42601
create function f7(out o int, inout p text) language plpgsql as $$ <<l>> declare z int; begin o := 1; p := 'x'; l.z := 3; f7.o := 4; $1 := 'y'; return; end $$;
create function f8() returns table (x int, y text) language plpgsql as $$ begin select 1, 'a' into x, y; get diagnostics x = row_count; return next; end $$;
create function f9() returns table (x int) language plpgsql as $$ begin get diagnostics q = row_count; return next; end $$;  -- 42601
create function g1() returns trigger language plpgsql as $$ declare s text := case when true then 'a' else 'b' end; begin new.a := case when 1 = 1 then 2 else 3 end; case s when 'a' then s := 'b'; else null; end case; return new; end $$;
create function g2() returns trigger language plpgsql as $$ declare s text; begin case s when 'a' then s := 'b'; else null; end case; t := 1; return new; end $$;  -- 42601
create function g3() returns void language plpgsql as $$ begin create temp table q as select 1 as a; update q set a = 2 returning a into strict b; end $$;  -- 42601
create function g4() returns void language plpgsql as $$ declare r record; rec pg_class%rowtype; arr int[]; begin r.x := 1; arr[1] := 2; select * into rec from pg_class; perform 1; return; end $$;
create function g5() returns setof int language plpgsql as $$ declare a int; begin with q as (select 1 as x) select x into a from q; merge into t using s on true when matched then delete; return query select 1; end $$;
create function g6() returns int language plpgsql as $$ declare v_a int; begin declare v_b int; begin v_b := 1; end; return 1; end $$;
create function g7(int) returns int language plpgsql as $$ declare al alias for $1; begin al := 2; insert into nothing values (1) returning x into al2; return 1; end $$;  -- 42601
set check_function_bodies = off;
create function g8() returns int language plpgsql as $$ begin x := 1; return 1; end $$;
reset check_function_bodies;
do $$ declare t vectr(3); begin null; end $$;  -- 42704
do $$ declare t nothing%rowtype; begin null; end $$;  -- 42P01
do $$ begin foreach t in array array['a'] loop null; end loop; end $$;  -- 42601
do $$ declare t text; begin for t in select 'a' loop null; end loop; execute 'select 1' into u; end $$;  -- 42601
do $$ begin for t, u in select 1, 2 loop null; end loop; end $$;  -- 42601
do 'declare x int; begin y := 2; end';  -- 42601
do $$ begin for t in select 'public' loop execute format('create table %I (id int)', t); end loop; exception when others then null; end $$;  -- 42601
