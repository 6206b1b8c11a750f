create type public.mood as enum ('a', 'b');
create table public.g (id uuid primary key, a int, b text, c numeric, at timestamptz default now(), j jsonb, m public.mood);
create view public.c1 as select 'x'::uuid as u from public.g;  -- 22P02
create view public.c2 as select 1 from public.g where id = 'x'::uuid;  -- 22P02
create view public.c3 as select '00000000-0000-0000-0000-000000000001'::uuid as u, '1'::int as i, ' 2 '::int as i2, 't'::boolean as t, '{}'::jsonb as j, '2020-01-01'::date as d;
create view public.c4 as select text '1'::int as a, varchar '1'::int as b, date '2020-01-01'::timestamptz as c, e'1'::int as d;
create view public.c5 as select (text 'x')::int as a from public.g where false;
create view public.c6 as select interval '1 day'::text as a, timestamp '2020-01-01'::date as b, char(1) '1'::int as c;
create view public.c7 as select 'x'::int as a from public.g where false;  -- 22P02
create view public.c8 as select coalesce(b, '{}')::jsonb as a, (b || '{x')::jsonb as c from public.g where false;
create view public.c9 as select '{1,2}'::int[] as a, '{}'::text[] as b, '[]'::jsonb as c, '[1:2]={1,2}'::int[] as d;
create view public.c10 as select '[]'::text[] as a;  -- 22P02
create view public.c11 as select 'c'::public.mood as m;  -- 22P02
create view public.c12 as select 'a'::public.mood as m, 'a'::public.mood::text as t;
create view public.c13 as select 'b'::"char" as c, 'abc'::char(3) as d, 'x'::name as n, 'public'::regnamespace as r, '1 day'::interval as i, '10:00'::time as t;
create view public.c14 as select 'infinity'::timestamptz as a, 'now'::timestamptz as b, 'today'::date as c, 'NaN'::numeric as d, '1e5'::float8 as e, '-1'::int as f, '+5'::bigint as g, '0x1F'::int as h, '1_000'::int as i, '1.0'::numeric(3,1) as j;
create view public.c15 as select '1.5'::int as a;  -- 22P02
create view public.c16 as select ''::int as a;  -- 22P02
create view public.c17 as select 'null'::jsonb as a, '"x"'::jsonb as b, '1'::json as c, ' {"a": [1,2]} '::jsonb as d, '{"a": 1e400}'::json as e;
create view public.c18 as select ''::jsonb as a;  -- 22P02
create view public.c19 as select '{a: 1}'::jsonb as a;  -- 22P02
create view public.c20 as select 'yes'::boolean as a, 'off'::bool as b, '1'::bool as c, 'TRUE'::bool as d;
create view public.c21 as select 'maybe'::bool as a;  -- 22P02
create policy p1 on public.g using (id = 'x'::uuid);  -- 22P02
create policy p2 on public.g using (auth.uid() = '00000000-0000-0000-0000-000000000001'::uuid or m = any (array['a', 'b']::public.mood[]));
create policy p3 on public.g using (m = 'z'::public.mood);  -- 22P02
create policy p4 on public.g using ((select 'x'::int) = a);  -- 22P02
create table public.h (a int check (a > 'x'::int));  -- 22P02
create table public.h2 (a int default 'x'::int);  -- 22P02
create table public.h3 (a jsonb default '{a}'::jsonb);  -- 22P02
create table public.h4 (a jsonb default '{}'::jsonb, b text[] default '{}'::text[], c interval default '1 day'::interval, d timestamptz default 'now'::timestamptz, e text default 'x'::text, f varchar(3) default 'abcd'::varchar(3));
create index on public.g (a) where b = 'x'::text and a > 'y'::int;  -- 22P02
create index on public.g (a) where b = 'x'::text and a > '1'::int;
create function public.f1() returns int language sql as $$ select 'x'::int $$;  -- 22P02
create function public.f2() returns int language sql as $$ select '1'::int $$;
create function public.f3() returns int language plpgsql as $$ begin return 'x'::int; end $$;
create domain public.d as int check (value > 'x'::int);  -- 22P02
create domain public.d2 as text check (value = 'x'::text);
create view public.c22 as select 'x'::public.d2 as a, cast('1' as int) as b;
create view public.c23 as select case when a > 1 then '1'::int else 'x'::int end as a from public.g;  -- 22P02
create view public.c24 as select b like 'a%'::text as a, b in ('a'::text, 'b'::varchar) as c, b similar to 'x'::text escape '!'::text as d from public.g;
create view public.c25 as select U&'1'::int as a, '1'::pg_catalog.int4 as b, 'x'::pg_catalog.text as c, B'1'::int as d, X'1F'::int as e, $$1$$::int as f;
