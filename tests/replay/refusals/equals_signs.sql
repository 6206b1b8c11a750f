create table public.g (id uuid primary key, a int, b text);
create policy p1 on public.g using (a == 1);  -- 42883
create policy p2 on public.g using (auth.uid() === id);  -- 42883
create policy p3 on public.g using (id !== auth.uid());  -- 42883
create policy p4 on public.g using (b = '==' and a = 1);
create view public.v1 as select a == 1 as x from public.g;  -- 42883
create table public.h (a int check (a == 1));  -- 42883
create table public.h2 (a int check (a = 1 and '===' = '==='));
create index on public.g (lower(b)) where b == 'x';  -- 42883
create function public.f1() returns bool language sql as $$ select 1 == 1 $$;  -- 42883
create function public.f2() returns bool language plpgsql as $$ begin return 1 == 1; end $$;
create operator public.== (leftarg = int, rightarg = int, function = int4eq);
create policy p5 on public.g using (a == 1);
create view public.v2 as select a == 1 as x from public.g;
