create function f(a int, b text default 'x') returns int language sql as 'select 1';
do $$ begin raise exception 'no'; end $$;  -- P0001
do $$ begin if to_regclass('public.x') is null then raise exception 'x is missing'; end if; create table y (id int); end $$;  -- P0001
do $$ begin create table z (id int); create table z (id int); exception when duplicate_table then raise; end $$;  -- 42P07
do $$ begin raise exception using errcode = '23505', message = 'x'; end $$;  -- 23505
do $$ begin raise unique_violation; end $$;  -- 23505
do $$ begin raise exception sqlstate '22012'; end $$;  -- 22012
do $$ begin raise notice 'x'; raise info 'y'; raise 'boom %', 1; end $$;  -- P0001
do $$ begin begin raise exception 'x'; exception when raise_exception then create table q (id int); end; end $$;
do $$ begin begin raise exception 'x'; exception when others then raise notice 'a'; end; end $$;
do $$ declare v oid; begin select oid into strict v from pg_proc where proname = 'nope' and pronamespace = 'public'::regnamespace; end $$;  -- P0002
do $$ declare v text; begin select polname into v from pg_policy where polname = 'nope'; if not found then raise exception 'no policy'; end if; end $$;  -- P0001
do $$ begin if not exists (select 1 from pg_tables where tablename = 'q' and rowsecurity = true) then raise exception 'RLS not enabled'; end if; end $$;  -- P0001
alter table q enable row level security;
do $$ begin if not exists (select 1 from pg_tables where tablename = 'q' and rowsecurity = true) then raise exception 'RLS not enabled'; end if; end $$;
create table w (id int primary key, n int check (n > 0));
do $$ begin begin insert into w values (1, -1); raise exception 'accepted'; exception when check_violation then null; end; end $$;
do $$ begin perform f(1); return; raise exception 'never'; end $$;
