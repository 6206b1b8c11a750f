"""The histories: by name, SQL; ``-- next file`` starts another migration. For failing ones, the SQLSTATEs in order."""

from __future__ import annotations

TWO = """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
"""

HISTORIES = {
    "functions and triggers that leave the rows of others alone": """
create table a (id uuid primary key default gen_random_uuid(), name text, at timestamptz);
create table b (id int primary key, a_id uuid not null references a);
create table log (line text);
create function stamp() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
create function note() returns trigger language plpgsql as $$ begin insert into log values ('x'); return new; end $$;
create function count_all() returns bigint language sql as $$ select count(*) from b $$;
create trigger stamp before insert on b for each row execute function stamp();
create trigger note after insert or update on a for each row execute function note();
do $$ begin
  if not exists (select from pg_constraint where conname = 'a_name_check') then
    alter table a add constraint a_name_check check (name <> '');
    create trigger again after insert on a for each row execute function note();
  end if;
end $$;
insert into a (name) values ('one');
select count_all();
drop trigger stamp on b;""",
    "functions that get another body": """
create function f(a int, b text default 'x') returns int language plpgsql as 'begin return 1; end';
create table t (id int);
do $$ declare v text; w text; begin
  select pg_get_functiondef('f(int, text)'::regprocedure) into v;
  if v is null then raise exception 'f is missing'; end if;
  w := replace(v, 'return 1', 'return 2');
  if w <> v then execute w; end if;
  v := regexp_replace(w, '2', '3');
  execute v;
end $$;
do $$ declare v text; begin
  select prosrc into strict v from pg_proc where oid = 'f(int,text)'::regprocedure;
  v := replace(v, '1', '2');
  execute format('create or replace function g(a int) returns int language plpgsql as %L', v);
  execute format($d$ create or replace function f(a int, b text default 'y') returns int
     language plpgsql set search_path = public as %L $d$, v);
end $$;
select g(1);
drop function g(int);""",
    "settings of the API, and shapes of PostGIS": """
alter role authenticator set pgrst.db_schemas = 'public, app';
alter role authenticator set pgrst.db_aggregates_enabled = 'true';
create extension postgis with schema extensions;
create table places (id int primary key, at geography(Point, 4326), area extensions.geometry(Polygon, 4326) not null);
create index on places using gist (at);
create index on places using gist (area);
insert into places values (1, 'POINT(1 2)', 'POLYGON((0 0, 1 1, 1 0, 0 0))');
insert into places select n, st_setsrid(st_makepoint(1, n), 4326)::geography, 'POINT(1 2)' from generate_series(2, 300) n;
create view near as select st_y(at::geometry) as latitude, st_distance(at, st_makepoint(1, 2)::geography) as metres
  from places where st_dwithin(at, st_makepoint(1, 2)::geography, 10) order by at <-> st_makepoint(1, 2)::geography;
alter table places add column longitude double precision generated always as (st_x(at::geometry)) stored;""",
    "names of outputs that are words of SQL": """
create type kind as enum ('a');
create function f() returns table (id int, "user" kind, "limit" int, role text, "position" int) language plpgsql
  as $$ begin return; end $$;
create function g(out "order" int, out text text) language plpgsql as $$ begin end $$;""",
    "a bucket that is made where it is not there": """
insert into storage.buckets (id, name) select 'b', 'b' where not exists (select from storage.buckets where id = 'b');
insert into storage.buckets (id, name) select 'b', 'b' where not exists (select from storage.buckets where id = 'b');
insert into storage.buckets (id, name, public) select 'c', 'c', true on conflict (id) do nothing;""",
    "rows of tables that a loop or a handler does not write to are known": """
create table a (id int primary key);
create table b (id int primary key);
create table c (b_id int references b);
do $$ begin
  while not exists (select from b where id = 1) loop insert into b (id) values (1); end loop;
end $$;
insert into c values (1);
do $$ begin insert into a values (1); insert into a values (1); exception when unique_violation then null; end $$;
insert into a values (1);""",
    "CONTINUE and EXIT": """
create table a (id int);
do $$ declare t text; begin
  foreach t in array array['gone', 'a', 'b'] loop
    if to_regclass('public.' || t) is null then continue; end if;
    execute format('alter table %I add column x int', t);
  end loop;
  for t in select unnest(array['y', 'stop', 'z']) loop
    exit when t = 'stop';
    execute format('alter table a add column %I int', t);
  end loop;
end $$;""",
    "names that must stand in quotes": """
create table "user" (id int);
create table a (id int, "order" int);
do $$ declare t text; begin
  foreach t in array array['user', 'a'] loop execute format('alter table %I add column "left" int', t); end loop;
  execute 'alter table a drop column ' || quote_ident('order');
end $$;""",
    "functions by what they are called and take": """
create type kind as enum ('a');
create function f(a int, "order" kind default 'a', out b text) language sql as $$ select 'x' $$;
create function f(variadic a text[]) returns int language sql as $$ select 1 $$;
create function g() returns int language sql as $$ select 1 $$;
create function h(int) returns table (n int) language sql as $$ select 1 $$;
do $$ declare r record; begin
  for r in select p.proname, n.nspname, pg_get_function_identity_arguments(p.oid) as args
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.proname in ('f', 'h')
  loop execute format('drop function if exists %I.%I(%s)', r.nspname, r.proname, r.args); end loop;
end $$;
do $$ declare f regprocedure; begin
  for f in select p.oid::regprocedure from pg_proc p where p.proname = 'g' loop
    execute format('alter function %s rename to g2', f);
  end loop;
  if exists (select from pg_proc where proname = 'g2' and pronargs = 0 and not prosecdef) then
    create table made (id int);
  end if;
end $$;""",
    "a function is run for each row of the catalogue": """
create table a (id int); create table b (id int); create table c (id int);
alter table c enable row level security;
create function secure(t text) returns void language plpgsql as $$ begin
  execute format('alter table %I enable row level security', t);
  execute format('create policy "Own rows" on %I using (true)', t);
exception when others then raise notice 'no %', t; end $$;
do $$ declare t record; begin
  for t in select tablename from pg_tables where schemaname = 'public' and rowsecurity = false loop
    begin perform secure(t.tablename); exception when others then null; end;
  end loop;
end $$;""",
    "policies by what they are called": """
create table a (id int);
create policy "old one" on a using (true);
create policy "Old_two" on a using (true);
create policy x1 on a using (true);
create policy "a name that is longer than most of them are" on a using (true);
create policy kept on a for select using (true);
do $$ declare r record; begin
  for r in select * from pg_policies where tablename = 'a' and (policyname like 'old%' or policyname ilike 'OLD_T%')
  loop execute format('drop policy %I on %I', r.policyname, r.tablename); end loop;
  for r in select policyname from pg_policies where tablename = 'a' and policyname ~ '^x[0-9]$'
  loop execute format('drop policy %I on a', r.policyname); end loop;
  for r in select policyname from pg_policies where tablename = 'a' and length(policyname) > 30
  loop execute format('drop policy %I on a', r.policyname); end loop;
end $$;""",
    "what a row of the catalogue holds, put into a variable": """
create table a (id int primary key, b int, constraint odd unique (b));
create table c (a_id int references a);
do $$ declare con text; rel text; begin
  select conname into con from pg_constraint where conrelid = 'a'::regclass and contype = 'u' limit 1;
  if con is not null then execute format('alter table a drop constraint %I', con); end if;
  select conname, conrelid::regclass::text into con, rel from pg_constraint where conname = 'no';
  if con is null then alter table a add column none boolean; end if;
  if not found then alter table a add column found_none boolean; end if;
  select k.conname into con from pg_constraint k join pg_class r on r.oid = k.conrelid where r.relname = 'c';
  if found then execute 'alter table c drop constraint ' || quote_ident(con); end if;
end $$;""",
    "rows that refer to rows which others put there": """
create table a (id int primary key);
create table b (a_id int references a);
create function fill() returns void language sql as 'insert into a values (1)';
select fill();
insert into b (a_id) values (1);
-- next file
create table c (id int primary key);
create table d (c_id int references c);
create function lead() returns trigger language plpgsql as $$ begin insert into c values (new.id); return new; end $$;
create trigger t after insert on a for each row execute function lead();
insert into a (id) values (7);
insert into d (c_id) values (7);""",
    "a trigger mends a row before it is put": """
create table a (id int primary key);
create table b (a_id int references a);
create function mend() returns trigger language plpgsql as $$ begin new.a_id := null; return new; end $$;
create trigger t before insert on b for each row execute function mend();
insert into b (a_id) values (1);""",
    "rows put by a block and by WITH": """
create table a (id int primary key);
create table b (a_id int references a);
do $$ begin if not exists (select from a where id = 3) then insert into a values (3); end if; end $$;
insert into b (a_id) values (3);
-- next file
create table c (id int primary key);
create table d (c_id int references c);
with x as (insert into c values (4) returning id) select id from x;
insert into d (c_id) values (4);""",
    "a restore looks at no foreign key": """
create table a (id int primary key);
create table b (a_id int references a);
set session_replication_role = replica;
insert into b (a_id) values (1);
set session_replication_role = default;""",
    "partitions hold the rows of the whole": """
create table a (id int primary key) partition by range (id);
create table a1 partition of a for values from (0) to (10);
create table b (a_id int references a);
insert into a1 (id) values (1);
insert into b (a_id) values (1);""",
    "tables that go together, whatever leads from one to the other": """
create table a (id int primary key);
create table b (id int primary key, a_id int references a);
alter table a add column b_id int references b;
drop table a, b;
create view v as select 1 as x;
create view w as select x from v;
drop view v, w;""",
    "copies of an index on an expression": """
create table p (id int not null, x text, y int, primary key (id, y)) partition by range (y);
create table p1 partition of p for values from (0) to (10);
create index w on p (lower(x));
create index on p ((y + 1), lower(x));
create table q (like p including all);""",
    "columns": """
create table t (
  a serial primary key, b bigserial, c smallserial, d varchar(20), e char, f char(3), g numeric(10, 2), h decimal,
  i timestamptz default now(), j timestamp(3), k time with time zone, l interval, m text[] not null default '{}',
  n int[][], o jsonb default '{}'::jsonb, p uuid default gen_random_uuid(), q double precision, r real, s float(3),
  t bool default false, u bytea, v inet, w bit(3), x bit varying(4), y date default current_date, z money
);""",
    "generated and identity": """
create table t (
  id bigint generated always as identity primary key, n int generated by default as identity,
  a text, b text generated always as (lower(a)) stored
);""",
    "names are folded, quoted and cut": """
create table "Mixed Case" ("Select" int primary key, PLAIN text);
create table t_name_that_is_longer_than_sixty_three_bytes_and_is_therefore_cut_off (id int primary key, c int unique);
create index on "Mixed Case" ("Select", plain);""",
    "keys": """
create table a (x int, y int, z int, primary key (x, y), unique (z), constraint a_yz unique (y, z));
create table b (x int, y int, z int references a (z) on delete set null, foreign key (x, y) references a);
create table c (x int references a (z) on update cascade, y int constraint named references a (z) on delete restrict);
alter table c add primary key (x), add constraint c_u unique (y), add foreign key (y) references c (x);""",
    "a key from an index": TWO
    + """
create unique index a_name on a (name);
alter table a add constraint a_by_name unique using index a_name;""",
    "a table like another": TWO
    + """
create table c (like a including all, more int);
create table d (like a);
create table e (like b including defaults including constraints);""",
    "alter columns": TWO
    + """
alter table a add column created timestamptz not null default now(), add column if not exists name text;
alter table a alter column name drop not null, alter column email set not null;
alter table b alter column n type bigint using n::bigint, alter column n set default 3;
alter table b alter column n drop default, drop column if exists nothing;
alter table a rename column email to mail;
alter table a drop column name;""",
    "alter identity": """
create table t (id int not null, n int);
alter table t alter id add generated by default as identity;
alter table t alter id set generated always;
alter table t alter id drop identity if exists;""",
    "rename": TWO
    + """
alter table a rename to accounts;
alter table accounts rename constraint a_pkey to accounts_pkey;
alter index a_email_key rename to accounts_email;
create table a (id int primary key);
alter table b rename constraint b_a_id_fkey to b_account;""",
    "move": TWO
    + """
create schema app;
alter table a set schema app;
alter table app.a rename to aa;
create table app.c (b uuid references public.b);""",
    "drop": TWO
    + """
create view v as select name from a;
drop table a cascade;
drop table if exists a, nothing;
create table a (id int);""",
    "drop a column takes along": TWO
    + """
create index a_both on a (id, name);
create view v as select name, id from a;
alter table a drop column name cascade;
alter table a drop column id cascade;""",
    "drop constraint": TWO
    + """
alter table a drop constraint a_pkey cascade;
alter table a drop constraint if exists nothing;
alter table b drop constraint b_pkey;
alter table b add primary key (n);""",
    "views": TWO
    + """
create view v as select id, name as label, count(*) over () as total from a;
create or replace view v as select id, name as label, count(*) over () as total, email from a;
create view w (one, two) as select a.id, b.n from a join b on b.a_id = a.id;
create view x as select * from w;
alter view w rename to ww;
create materialized view m as select a_id, sum(n) as sum from b group by a_id;
create unique index on m (a_id);
refresh materialized view m;
drop view v;""",
    "enums": """
create type mood as enum ('sad', 'ok');
create table t (id int, m mood default 'ok', ms mood[]);
alter type mood add value 'happy';
alter type mood add value if not exists 'happy';
alter type mood add value 'meh' before 'ok';
alter type mood rename value 'sad' to 'blue';
alter type mood rename to feeling;
create type empty as enum ();""",
    "domains and composites": """
create domain email as text check (value like '%@%');
create type point3 as (x int, y int, z numeric(4, 1));
create table t (e email, p point3, ps point3[]);
alter type point3 rename to position3;
create domain short as varchar(10) not null;
create table u (s short, r t);""",
    "policies": TWO
    + """
alter table a enable row level security;
create policy "see all" on a for select to authenticated, anon using (true);
create policy change on a using (name = current_user) with check (true);
create policy add on a as restrictive for insert to public with check (id > 0);
alter policy change on a rename to alter_it;
alter policy add on a to service_role;
drop policy if exists nothing on a;
alter table b enable row level security;
alter table b disable row level security;""",
    "policies of managed tables": """
create policy "read avatars" on storage.objects for select using (bucket_id = 'avatars');
create policy own on storage.objects for insert to authenticated with check (auth.uid() = owner);
create policy topic on realtime.messages for select to authenticated using (true);""",
    "triggers": TWO
    + """
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touch before insert or update on a for each row execute function touch();
create or replace trigger touch after insert on a execute procedure touch();
create trigger on_user after insert on auth.users for each row execute function public.touch();
alter trigger touch on a rename to touched;
create trigger other after delete on b for each statement execute function touch();
drop trigger other on b;
alter function touch() rename to touch_row;""",
    "guards": TWO
    + """
do $$ begin
  if not exists (select 1 from pg_type where typname = 'mood') then create type mood as enum ('x'); end if;
end $$;
do $$ begin create type mood as enum ('y'); exception when duplicate_object then null; end $$;
do $$ begin
  if exists (select from information_schema.columns where table_name = 'a' and column_name = 'email') then
    alter table a rename column email to mail;
  end if;
end $$;
do $$ begin
  alter table b add constraint b_n unique (n);
exception when others then raise notice 'there';
end $$;
do $$ begin execute 'create table made (id int)'; end $$;
do $$ begin
  if to_regclass('public.nothing') is null then create table public.nothing (id int primary key); end if;
end $$;""",
    "transactions": """
begin;
create table a (id int);
commit;
begin;
create table b (id int);
rollback;
create table c (id int);
-- next file
create table d (id int);
rollback;
create table e (id int);""",
    "search path": """
create schema app;
set search_path = app, public;
create table t (id int primary key);
create type mood as enum ('x');
-- next file
create table t (id int, m app.mood references app.t) ;
""".replace("m app.mood references app.t", "m app.mood, t_id int references app.t"),
    "inheritance": """
create table p (id int primary key, a text not null default 'x');
create table c (b int) inherits (p);
alter table p add column d int;""",
    "buckets": """
insert into storage.buckets (id, name, public) values ('a', 'a', true), ('b', 'b', false);
insert into storage.buckets (id, name) values ('a', 'a') on conflict (id) do nothing;
insert into storage.buckets (id, name, public) values ('b', 'b', true) on conflict (id) do update set public = true;
update storage.buckets set public = false where id = 'a';
delete from storage.buckets where id = 'b';""",
    "publications": TWO
    + """
alter publication supabase_realtime add table a, b;
alter publication supabase_realtime drop table b;
create publication mine for table b;
drop publication if exists nothing;""",
    "a publication made again": TWO
    + """
drop publication if exists supabase_realtime;
create publication supabase_realtime;
alter publication supabase_realtime add table only a;""",
    "extensions": """
create extension if not exists "uuid-ossp";
create extension if not exists vector with schema extensions;
create extension if not exists pg_trgm;
create extension citext;
create extension pg_cron;
create table t (id uuid default uuid_generate_v4(), e extensions.vector(3), f vector, c citext);
create index on t using hnsw (e extensions.vector_cosine_ops);
create function match(q vector(3), n int) returns setof t language sql as 'select * from t limit n';
select cron.schedule('job', '* * * * *', 'select 1');""",
    "foreign keys to managed tables": """
create table profiles (id uuid primary key references auth.users on delete cascade, b text references storage.buckets);
create function handle() returns trigger language plpgsql security definer as 'begin return new; end';
create trigger on_auth_user_created after insert on auth.users for each row execute procedure handle();
drop trigger if exists on_auth_user_created on auth.users;""",
    "functions": """
create type mood as enum ('a');
create table t (id int, m mood);
create function f(a int, b text default 'x', variadic c int[] default '{}') returns int language sql as 'select 1';
create function f(a text) returns setof t language sql stable as 'select * from t';
create function g(in a int, out b text, out c mood) language plpgsql as 'begin end';
create function h(inout a numeric(3, 1)) language plpgsql as 'begin end';
create function i() returns table (id bigint, "Other" text, m mood) language plpgsql as 'begin end';
create function j(uuid, timestamptz) returns void language plpgsql security definer set search_path = '' as 'begin end';
create or replace function f(a int, b text default 'y', variadic c int[] default '{}') returns int
  language sql as 'select 2';
create procedure p(a int) language plpgsql as 'begin end';
create function k(anyelement) returns anyelement language plpgsql as 'begin return $1; end';
create function l() returns trigger language plpgsql as 'begin return new; end';
create function m() returns int language sql begin atomic select 1; end;
create function n(a t) returns t[] language plpgsql as 'begin end';
drop function f(text);
alter function j(uuid, timestamptz) rename to jj;""",
    "indexes": """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);

create index on a (name);
create index on a (name);
create unique index on a (lower(name), email);
create index a_part on a using btree (email desc nulls last) where name is not null;
create index on a (id) include (name);
create index if not exists a_part on a (id);
create index on b using hash (n);
drop index a_name_idx;
create index on a ((name || email), (id));""",
    "sequences": """
create sequence s;
create table t (id int default nextval('s'), n int);
alter sequence s owned by t.id;
create sequence u owned by t.n;
drop table t;
create sequence s;""",
    "to where it is": """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter table a set schema public;""",
    "partitions": """
create table m (id int, at date not null, primary key (id, at)) partition by range (at);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
create table m2 partition of m default;
create index on m (at);""",
}

FAILING = {
    "rows that are surely not there, whatever else was run": (
        "23503 23502",
        """
create table a (id uuid primary key default gen_random_uuid(), name text);
create table b (id int primary key, a_id uuid not null references a);
create table log (line text, a_id uuid references a);
create function note() returns trigger language plpgsql as $$ begin insert into log values ('x'); return new; end $$;
create function total() returns bigint language sql as $$ select count(*) from log $$;
create trigger note after insert or update on a for each row execute function note();
do $$ begin if to_regclass('c') is null then create table c (id int primary key references b (id)); end if; end $$;
insert into a (name) values ('one');
select total();
insert into b values (1, '00000000-0000-0000-0000-000000000000');
insert into b values (2, (select id from a where name = 'two' limit 1));
insert into log select 'y', id from a;""",
    ),
    "what PostgreSQL refuses in a body as soon as it is made": (
        "42601 42601 42601 42601 42601 42601 42601 42601 42601",
        """do $$ begin raise notice 'one %'; end $$;
do $$ begin if false then raise notice 'none', 1; end if; end $$;
do $$ begin raise notice 'a %, % and 100%%', 'b;c', '%'; exception when others then null; end $$;
create function f() returns int language plpgsql as $$ begin raise exception '% %', 1 using errcode = 'P0001'; end $$;
create function f() returns text language plpgsql as $$ begin return 'd\\'un'; end $$;
create function f() returns text language sql as $$ declare a text; begin return a; end $$;
create function f() returns int language sql as $$ begin select 1; end $$;
do 'begin raise notice ''%''; end';
do $a$ begin create function g() returns int language sql as $a$ select 1; $a$; end; $a$;
do $$ begin raise notice 'x' using detail = 'a, b', hint = 'c'; end $$;
do $$ begin raise notice 'a %', case when true then 1 else 2 end; end $$;
set check_function_bodies = off;
create function h() returns int language plpgsql as $$ begin raise notice 'one %'; end $$;
create table nothing (id int);
insert into nothing select;""",
    ),
    "what a block does not say it does is not done": (
        "42704 42P01 42P01 42P01 42704 42710 42883",
        """create table a (id int);
do $$ begin while false loop alter table a add column b int; end loop; end $$;
create table c (b b);
do $$ begin while false loop insert into later select from sooner; delete from a; end loop; end $$;
alter table later add x int;
alter table sooner add x int;
drop policy p on b_or_a;
drop policy p on a;
create policy p on a using (true);
create policy p on a using (true);
drop function later();""",
    ),
    "missing relation": (
        "42P01 42P01 42P01",
        "create view v as select 1 from no; alter table no add x int;\ndrop table no;",
    ),
    "missing schema": (
        "3F000 3F000",
        "create table no.t (id int);\ncreate function no.f() returns int language sql as '';",
    ),
    "missing column": (
        "42703 42703 42703",
        TWO
        + "alter table a drop column no;\ncreate index on a (no);\nalter table b add foreign key (no) references a;",
    ),
    "missing type": ("42704 42704", "create table t (m mood);\nalter type mood add value 'x';"),
    "missing function": (
        "42883 42883",
        TWO + "create trigger t before insert on a execute function no();\ndrop function no();",
    ),
    "already there": (
        "42P07 42P07 42701 42710 42P06 42723 42710",
        TWO
        + """create table a (id int);
create index b_pkey on a (id);
alter table a add column name text;
create type mood as enum (); create type mood as enum ();
create schema storage;
create function f() returns int language sql as 'select 1'; create function f() returns text language sql as 'select 1';
create policy p on a using (true);
create policy p on a using (false);""",
    ),
    "still needed": (
        "2BP01 2BP01 2BP01",
        TWO + "create view v as select name from a;\ndrop table a;\nalter table a drop column name;\n"
        "create type m as enum ('x'); create table c (m m);\ndrop type m;",
    ),
    "keys that do not fit": (
        "42830 42804 42830 42P16",
        TWO
        + """create table c (n text references a (name));
create table d (x text references a (id));
create table e (x int, y int, foreign key (x, y) references a);
create table f (x int primary key, y int primary key);""",
    ),
    "what follows a failure": (
        "42P01 42P01 42P01 42P01",
        """create table c (id int primary key, p int references personas (id));
create index on c (id);
alter table c enable row level security;
create policy p on c using (true);
create table personas (id int primary key);""",
    ),
    "a failing statement leaves nothing": (
        "42703",
        TWO + "alter table a add column one int, drop column no, add column two int;",
    ),
    "syntax": ("42601 42601", "create table t (id int,);\ncreate tabel u (id int);\ncreate table v (id int);"),
    "views keep their columns": (
        "42P16 42P16",
        TWO + "create view v as select id, name from a;\ncreate or replace view v as select id from a;\n"
        "create or replace view v as select name, id from a;",
    ),
    "functions keep their type": (
        "42P13 42P13",
        "create function f(a int) returns int language sql as 'select 1';\n"
        "create or replace function f(a int) returns text language sql as 'select 1';\n"
        "create or replace function f(b int) returns int language sql as 'select 1';",
    ),
    "an error ends a block": (
        "42P01",
        TWO + "do $$ begin create table made (id int); alter table no add x int; end $$;",
    ),
    "no grant on nothing": (
        "42P01",
        """
grant select on no to anon;""",
    ),
    "no comment on nothing": (
        "42P01 42703",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
comment on table no is 'x';
comment on column a.no is 'x';""",
    ),
    "a function keeps its own name": (
        "42723",
        """
create function f() returns int language sql as 'select 1';
alter function f() rename to f;""",
    ),
    "labels are taken": (
        "42710",
        """
create schema app;
create type mood as enum ('sad', 'ok');
alter type mood rename value 'sad' to 'ok';""",
    ),
    "no policy without its columns": (
        "42703",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
create policy p on a using (no = 1);""",
    ),
    "no check without its columns": (
        "42703",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter table a add constraint c check (no > 0);""",
    ),
    "insert into nothing": (
        "42P01 42703 42P01",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
insert into no values (1);
insert into a (no) values (1);
insert into a (id, name) select 1, x from no;""",
    ),
    "the name of a table is looked at last": (
        "42701 42P01 42704",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
create table a (id int, id int);
create table b (like nothing);
create table a (m mood);""",
    ),
    "a row type stays": (
        "2BP01 2BP01",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
drop type a;
drop type a cascade;""",
    ),
    "only members leave a publication": (
        "42704",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter publication supabase_realtime drop table b;""",
    ),
    "a sequence is no table": (
        "42809 42809 42809",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
create sequence s;
create table c (like s);
alter table s drop constraint k;
alter table a add foreign key (id) references s (id);""",
    ),
    "an index has no such column": (
        "42703 42703",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter table a_pkey rename column x to z;
comment on column a_pkey.x is 'x';""",
    ),
    "trigger functions take nothing": (
        "42P13",
        """
create function g(int) returns trigger language plpgsql as 'begin end';""",
    ),
    "type names are taken by tables": (
        "42710",
        """
create schema app;
create type mood as enum ('sad', 'ok');

create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter type mood rename to a;""",
    ),
    "a constraint's name is looked at first": (
        "42710",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
alter table b add constraint b_pkey foreign key (n) references c;""",
    ),
    "columns of a query are named once": (
        "42701",
        """
create table a (id bigint primary key, name text not null, email text unique);
create table b (id uuid primary key default gen_random_uuid(), a_id bigint references a (id) on delete cascade, n int);
create table c as select name, name from a;""",
    ),
    "a schema is looked for before a type": (
        "3F000",
        """
alter type nothing.mood add value 'x';
drop type if exists nothing.mood;""",
    ),
    "a sequence has no columns to alter": (
        "42809",
        """
create sequence s;
alter table s alter column x set default null;""",
    ),
    "a row refers to a user, and a new database has none": (
        "23503",
        """
create table roles (user_id uuid not null references auth.users (id), role text);
insert into roles (user_id, role) values ('00000000-0000-4000-8000-000000000001', 'x') on conflict do nothing;""",
    ),
    "a row refers to a row of an empty table": (
        "23503 23503",
        """
create table a (id int primary key);
create table b (a_id int references a, note text);
insert into b (a_id, note) values (null, 'without'), (1, 'orphan');
insert into b (note, a_id) values ('orphan', 2);
insert into a (id) values (2);
insert into b (note, a_id) values ('child', 2);""",
    ),
    "an insert that is refused fills nothing": (
        "23503 23503",
        """
create table a (id int primary key);
create table b (id int primary key, a_id int references a);
create table c (b_id int references b);
insert into b (id, a_id) values (1, 1);
insert into c (b_id) values (1);""",
    ),
    "a row type has no labels": (
        "42809 42809 42809",
        """
create table a (id int);
create type pair as (x int, y int);
create domain small as int;
alter type a add value 'sad';
alter type pair add value 'sad';
alter type small add value 'sad';""",
    ),
    "a key's columns are looked for before another key": (
        "42703 42P16",
        """
create table a (id int primary key, x int);
alter table a add primary key (z);
alter table a add primary key (x);""",
    ),
    "a foreign key holds its columns to types that compare": (
        "42804 42804",
        """
create table a (id int primary key, x text);
create table b (id int primary key, a_id int references a (id));
alter table a alter column id type text;
alter table b alter column a_id type uuid using gen_random_uuid();
alter table b alter column a_id type bigint;""",
    ),
    "a view has neither policies' switch nor columns to alter": (
        "42809 42809 42809 42809 42809",
        """
create table a (id int primary key, x text);
create view v as select id, x from a;
create materialized view m as select id from a;
alter table v enable row level security;
alter table v add column y int;
alter table v alter column x set not null;
alter table v alter column x set default 'x';
alter table m enable row level security;
alter table v add constraint k unique (x);""",
    ),
    "a query is looked at before the schema that it is for": (
        "42P01 42P01 3F000",
        """
create table nowhere.a as select x from c;
create view nowhere.v as select x from c;
create view nowhere.w as select 1 as x;""",
    ),
    "what is dropped is dropped first": (
        "42P16",
        """
create table a (id int primary key, x text);
alter table a alter column z set not null, alter column id drop not null;""",
    ),
    "a column's name is looked at before its type": (
        "42701",
        """
create table a (id int primary key);
alter table a add column id nowhere.mood;""",
    ),
}

# What the replay does not do as PostgreSQL does, each the least that shows it. Who mends one moves it up.
APART: dict[str, str] = {}
