do $$ declare x constant int := 1; begin x := 2; end $$;  -- 22005
do $$ declare x constant int := 1; begin select 2 into x; end $$;  -- 22005
do $$ declare x constant int := 1; begin x = 2; end $$;  -- 22005
do $$ declare x constant int := 1; begin for x in 1..2 loop null; end loop; end $$;
do $$ declare r constant record := row(1); begin for r in select 1 loop null; end loop; end $$;  -- 22005
do $$ declare x constant int := 1; begin get diagnostics x = row_count; end $$;  -- 22005
do $$ declare x constant int := 1; begin declare x int; begin x := 2; end; end $$;
do $$ declare x constant int[] := '{1}'; begin x[1] := 2; end $$;  -- 22005
do $$ begin exit; end $$;  -- 42601
do $$ begin continue; end $$;  -- 42601
do $$ begin exit when true; end $$;  -- 42601
do $$ <<a>> begin exit a; end $$;
do $$ <<a>> begin exit a when true; end $$;
do $$ begin exit b; end $$;  -- 42601
do $$ begin loop exit b; end loop; end $$;  -- 42601
do $$ begin loop begin exit; exception when others then exit; end; end loop; end $$;
do $$ begin retrun 1; end $$;  -- 42601
do $$ begin x = 1; end $$;  -- 42601
do $$ begin x.y := 1; end $$;  -- 42601
do $$ begin x[1] := 1; end $$;  -- 42601
do $$ begin (select 1); end $$;  -- 42601
do $$ begin 'a'; end $$;  -- 42601
do $$ begin 1; end $$;  -- 42601
do $$ begin null; exception when foo then null; end $$;  -- 42704
do $$ begin null; exception when unique_violation or foo then null; end $$;  -- 42704
do $$ begin null; exception when sqlstate '23505' then null; end $$;
do $$ begin null; exception when sqlstate '2350' then null; end $$;  -- 42601
do $$ begin null; exception when sqlstate '2350x' then null; end $$;  -- 42601
do $$ begin null; exception when "others" then null; end $$;
do $$ begin null; exception when "OTHERS" then null; end $$;  -- 42704
do $$ begin null; exception when OTHERS then null; end $$;
do $$ begin null; exception when "unique_violation" then null; end $$;
do $$ begin null; exception when successful_completion then null; end $$;  -- 42704
do $$ begin raise foo; end $$;  -- 42704
do $$ begin if false then raise foo; end if; end $$;  -- 42704
do $$ begin if false then raise unique_violation; end if; end $$;
do $$ begin if false then raise sqlstate '23505'; end if; end $$;
do $$ begin if false then raise sqlstate '235'; end if; end $$;  -- 42601
do $$ begin if false then raise notice foo; end if; end $$;  -- 42704
do $$ begin if false then raise exception foo using message = 'x'; end if; end $$;  -- 42704
do $$ begin if false then raise exception using errcode = 'foo'; end if; end $$;
do $$ begin null; exception when division_by_zero, others then null; end $$;  -- 42601
do $$ begin null; exception when sqlstate x then null; end $$;  -- 42601
do $$ begin null; exception when unique violation then null; end $$;  -- 42704
do $$ begin null; exception when 'x' then null; end $$;  -- 42601
do $$ begin if false then raise; end if; end $$;
do $$ begin if 1 and then null; end if; end $$;
do $$ begin return query select 1; end $$;  -- 42804
do $$ declare x int; begin x := 1 as y; end $$;
do $$ declare x int; begin x := count(*) from pg_class; end $$;
do $$ begin if false then perform 1 where true; end if; end $$;
do $$ begin if false then raise notice '%', ; end if; end $$;  -- 42601
do $$ declare x int = 5; begin null; end $$;
do $$ begin ; end $$;  -- 42601
do $$ begin null;; end $$;  -- 42601
do $$ <<a>> begin null; end a $$;
do $$ <<a>> begin null; end b $$;  -- 42601
do $$ begin null; end b $$;  -- 42601
do $$ begin <<l>> loop exit l; end loop l; end $$;
do $$ begin <<l>> loop exit l; end loop; end $$;
do $$ begin <<l>> loop exit; end loop m; end $$;  -- 42601
do $$ begin loop exit; end loop m; end $$;  -- 42601
do $$ begin <<l>> loop continue l when false; exit; end loop; end $$;
do $$ begin <<l>> loop loop exit l; end loop; end loop; end $$;
do $$ begin <<l>> loop exit; end loop; <<l>> loop exit l; end loop; end $$;
do $$ begin <<l>> loop exit; end loop; exit l; end $$;  -- 42601
do $$ begin <<l>> begin exit l; end; end $$;
do $$ begin <<l>> begin exit L; end l; end $$;
do $$ begin <<"L">> begin exit "L"; end "L"; end $$;
do $$ <<a>> declare x int; begin a.x := 1; end $$;
create function fx(a int) returns int language plpgsql as $$ begin fx.a := 1; a := 2; exit fx; return 1; end $$;
create function fx3(a int) returns int language plpgsql as $$ begin $1 := 1; return 1; end $$;
create function fx4(a int) returns int language plpgsql as $$ begin return 1; end fx4 $$;  -- 42601
create function fx5(a int, out b int) language plpgsql as $$ begin b = 1; end $$;
create function fx6() returns table (q int) language plpgsql as $$ begin q = 1; return next; end $$;
create function fx7() returns trigger language plpgsql as $$ begin new.a = 1; new.b := 2; return new; end $$;
do $$ begin raise others; end $$;  -- 42704
do $$ begin raise unique_violation using message = 'x'; exception when others then null; end $$;
do $$ begin raise exception unique_violation; exception when others then null; end $$;
do $$ begin raise notice e'a\n'; end $$;
do $$ begin raise notice $a$x %$a$, 1; end $$;
do $$ begin raise notice using message = 'x'; end $$;
do $$ begin raise using message = 'x', errcode = 'P0001'; exception when others then null; end $$;
do $$ begin raise sqlstate '22012' using message = 'a'; exception when division_by_zero then null; end $$;
do $$ declare x int[]; begin x[1] := 1; end $$;
do $$ declare r record; begin select 1 as a into r; r.a := 2; end $$;
do $$ declare c cursor for select 1; begin open c; close c; end $$;
do $$ declare c cursor for select 1; r record; begin for r in c loop null; end loop; end $$;
do $$ declare c cursor for select 1; begin for r in c loop null; end loop; end $$;
do $$ declare x constant int := 1; begin for x in 1..2 loop x := 1; end loop; end $$;
do $$ declare x constant int := 1; y int; begin select 1, 2 into y, x; end $$;  -- 22005
do $$ declare x constant int; begin null; end $$;
create function fy(x int) returns int language plpgsql as $$ declare x constant int := 1; begin return x; end $$;
create function fy2(x int) returns int language plpgsql as $$ begin x := 1; declare x constant int := 1; begin null; end; return x; end $$;
do $$ declare x int; begin declare x constant int := 1; begin null; end; x := 1; end $$;
do $$ begin truncate pg_temp.x; exception when undefined_table or invalid_schema_name then null; end $$;
do $$ begin set local work_mem = '1MB'; reset work_mem; end $$;
do $$ begin analyze pg_class; end $$;
do $$ begin lock table pg_class in access share mode; exception when others then null; end $$;
do $$ begin notify x; listen x; unlisten x; end $$;
do $$ begin discard plans; exception when others then null; end $$;
do $$ begin explain select 1; exception when others then null; end $$;
do $$ begin comment on schema public is 'x'; end $$;
do $$ begin refresh materialized view xx; exception when others then null; end $$;
do $$ begin security label on schema public is 'x'; exception when others then null; end $$;
do $$ begin declare c cursor for select 1; exception when others then null; end $$;  -- 42601
do $$ begin prepare p as select 1; deallocate p; end $$;
do $$ begin do 'begin end'; end $$;
do $$ declare lock int; begin lock := 1; lock = 2; end $$;
do $$ declare "Big" int; begin "Big" := 1; end $$;
do $$ declare "Big" int; begin big := 1; end $$;  -- 42601
do $$ declare Big int; begin "big" := 1; end $$;
do $$ declare a int; b alias for a; begin b := 1; end $$;
do $$ declare exit int; begin exit := 1; end $$;
do $$ declare exit int; begin loop exit when true; end loop; end $$;
do $$ declare raise int; begin raise := 1; end $$;
do $$ declare return int; begin return := 1; end $$;
do $$ declare continue int; begin continue := 1; end $$;
do $$ declare notice text; begin raise notice '%', 1; notice := 'a'; end $$;
do $$ declare log text; begin log := 1; perform log; end $$;
do $$ declare info record; begin select 1 as a into info; info.a := 1; end $$;
do $$ declare r record; begin for r in select 1 loop end loop; end $$;
do $$ declare a int; b int; begin for a, b in select 1, 2 loop null; end loop; end $$;
do $$ declare a int; begin foreach a in array array[1,2] loop null; end loop; end $$;
do $$ begin foreach a in array array[1,2] loop null; end loop; end $$;  -- 42601
do $$ declare x int; begin get diagnostics x = row_count; get current diagnostics x := row_count; end $$;
do $$ declare x text; begin null; exception when others then get stacked diagnostics x = message_text; end $$;
do $$ begin found := true; end $$;
do $$ declare x int; begin <<a>> x := 1; end $$;  -- 42601
do $$ begin call foo(); exception when others then null; end $$;
do $$ begin perform 1; exception when sqlstate '23505' or sqlstate 'P0001' or unique_violation then null; when others then null; end $$;
do $$ begin execute 'select 1'; execute format('x'); exception when others then null; end $$;
do $$ declare x int; begin execute 'select 1' into x; execute 'select 1' into strict x using 1; end $$;
do $$ begin execute 'select 1' into zz; end $$;  -- 42601
do $$ declare c refcursor; x int; begin open c for select 1; fetch next from c into x; move c; close c; end $$;
do $$ begin select set_config('a.b', 'c', true) into zz; end $$;  -- 42601
do $$ begin create table if not exists ttt (into_x int, "into" int); end $$;
do $$ begin insert into ttt values (1, 2); end $$;
do $$ declare i int; begin insert into ttt values (1, 2) returning into_x into i; end $$;
do $$ begin insert into ttt values (1, 2) returning into_x into zz; end $$;  -- 42601
do $$ begin merge into ttt using (select 1 as a) s on true when matched then do nothing when not matched then do nothing; end $$;
do $$ begin null; exception when data_exception then null; end $$;
do $$ begin raise sqlstate '22012'; exception when data_exception then null; end $$;
do $$ begin raise sqlstate '22012'; exception when integrity_constraint_violation then null; end $$;  -- 22012
do $$ begin raise no_active_sql_transaction; exception when active_sql_transaction then null; end $$;  -- 25P01
do $$ begin raise active_sql_transaction; exception when active_sql_transaction then null; end $$;
do $$ begin raise undefined_object; exception when undefined_object then null; end $$;
