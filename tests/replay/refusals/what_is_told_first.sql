create schema app;
create table t (id uuid primary key, n int);
create policy p on t using (missing_function('a'::missing_type));  -- 42704
create policy p on t using (missing_function(missing_column));  -- 42703
create policy p on t using (missing_function(id) or missing_column = 1);  -- 42883
create policy p on t using (id = 'x'::missing_type or missing_function(id));  -- 42704
create policy p on t using ((select m.a from missing_table m where missing_function(m.a)) = 1);  -- 42P01
create policy p on t using (exists (select missing_function(1) from missing_table));  -- 42P01
create policy p on t using (cast(id as missing_type) is null);  -- 42704
create policy p on t using (missing_schema.f(1) is null);  -- 3F000
create view v as select missing_function(1), u.x from missing_table u;  -- 42P01
create view v as select 'a'::missing_type;  -- 42704
create view v as select app.missing_function(1);  -- 42883
create view v as select s.b from ((select 1 as b) s join t on true);
alter table t add column c text default 'a'::missing_type;  -- 42704
alter table t add check (missing_function(n) > 0);  -- 42883
create index on t (missing_function(n));  -- 42883
create function one(a int) returns int language sql as 'select 1';
create function two(a int, b int default 1) returns int language sql as 'select 1';
create function two(a int) returns int language sql as 'select 1';
create view w as select one(1, 2);  -- 42883
create view w as select two(1);  -- 42725
create view w as select two(1, 2);
create function gaps(a int default 1, b int) returns int language sql as 'select 1';  -- 42P13
create function sums() returns int language sql as $$ select one(1) || 'it''s' from missing_table $$;  -- 42P01
create function calls() returns int language sql as 'select missing_function(1)';  -- 42883
create function casts() returns text language sql as $$ select 'a'::missing_type::text $$;  -- 42704
create function kept(a int) returns text language sql as 'select missing_function(1)';  -- 42883
create function rows() returns void language plpgsql as $$ declare r missing_table%rowtype; begin end $$;  -- 42P01
create function rows() returns void language plpgsql as $$ declare declare n int; declare r t%rowtype; begin end $$;
create function types() returns void language plpgsql as $$ declare a constant missing_type := null; begin end $$;  -- 42704
create function types() returns void language plpgsql as $$ declare a t.id%type; b a%type; c record; d int := 1; begin end $$;
create function types(p uuid) returns void language plpgsql as $$ declare a p%type; s alias for $1; q cursor for select 1; begin end $$;
create function types(p text) returns void language plpgsql as $$ declare a public.t.missing%type; begin end $$;  -- 42703
create function types(p text) returns void language plpgsql as $$ declare a missing_schema.x; begin end $$;  -- 3F000
create function types(p text) returns void language plpgsql as $$ << outer >> declare a missing_type[]; begin end $$;  -- 42704
create or replace function one(a int) returns text language sql as 'select missing_function(1)';  -- 42P13
create index concurrently i on missing_table (a);  -- 25001
analyze missing_table;  -- 42P01
analyze (verbose) t, missing_table;  -- 42P01
analyze verbose t (id, n);
create view x as select k.a, k.n from unnest(array[1]) with ordinality k (a, n);
create policy p on t with check (n = app.missing_function() and (app.missing_function(1, 'a'::app.missing_type) or n = 1));  -- 42883
