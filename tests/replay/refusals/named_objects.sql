create table q (id int primary key);
create function f(a int, b text default 'x') returns int language plpgsql as 'begin return 1; end';
do $$ declare v text; begin select prosrc into strict v from pg_proc where oid = 'public.g(int)'::regprocedure; end $$;  -- 42883
do $$ declare v text; begin select prosrc into strict v from pg_proc where oid = 'public.f(int,text)'::regprocedure; end $$;
do $$ declare v text; begin v := pg_get_functiondef('f(int, text)'::regprocedure); v := pg_get_functiondef('f(int)'::regprocedure); end $$;  -- 42883
do $$ begin if 'nothing'::regclass is null then null; end if; end $$;  -- 42P01
do $$ begin perform 'q'::regclass, 'q_pkey'::regclass, 'int'::regtype, 'lower(text)'::regprocedure, 'now'::regproc, 'public'::regnamespace, 'pg_class'::regclass, 'auth.users'::pg_catalog.regclass; end $$;
do $$ begin perform 'moood'::regtype; end $$;  -- 42704
do $$ begin perform 'ff'::regproc; end $$;  -- 42883
do $$ begin perform 'nowhere'::regnamespace; end $$;  -- 3F000
do $$ begin if false then perform 'ff'::regproc; end if; end $$;
do $$ begin perform 'Q'::regclass, '"Q"'::regclass; end $$;  -- 42P01
