create table t (id uuid primary key default gen_random_uuid(), n int, user_id uuid, name text, active boolean, created_at timestamptz default now(), meta jsonb);
alter table t enable row level security;
create policy p1 on t using (true) to authenticated;  -- 42601
create policy p2 on t for select to public using true;  -- 42601
create policy p3 on t for select to authenticated using auth.uid() = user_id;  -- 42601
create policy p4 on t to authenticated for select using (true);  -- 42601
create policy p5 on t for select using (auth.uid() = user_id;  -- 42601
create policy p6 for t using (true);  -- 42601
create policy on t for select using (true);  -- 42601
create policy p7 on t as permissive for select to authenticated using (true);
create policy p8 on t for select as permissive using (true);  -- 42601
create policy p11 on t for select using (user_id is auth.uid());  -- 42601
create policy p12 on t for select using (user_id = auth.uid() and);  -- 42601
create policy p13 on t for select using (user_id = auth.uid() or active = true or);  -- 42601
create policy p14 on t for select using (not active and user_id = auth.uid());
create policy p16 on t for select using (exists select 1 from t);  -- 42601
create policy p17 on t for select using (user_id = auth.uid)  -- 42601
create policy p18 on t for select using (true);
create policy p19 on t for select using (user_id = any(array[auth.uid()]));
create policy p20 on t for select using (name like 'a%' escape);  -- 42601
create policy p21 on t for select using (case when active then true else false);  -- 42601
create policy p22 on t for select using (case when active then true else false end);
create policy p23 on t for select using (user_id not in (auth.uid()));
create policy p24 on t for select using (user_id != null);
create policy p25 on t for select using (n between 1);  -- 42601
create policy p26 on t for select using (current_user_id() = user_id);  -- 42883
create policy p27 on t for select using (auth.uid() = user_id user_id);  -- 42601
create policy p28 on t for select using ((select auth.uid()) = user_id);
create policy p29 on t for select using (meta->>'a' = 'x' and meta->'b'->>'c' is not null);
create policy p30 on t for select using (active IS TRUE AND n IS NOT DISTINCT FROM 5);
create trigger tr1 before update on t for each row execute procedure f;  -- 42601
create trigger tr2 before update on t execute function f();  -- 42883
create trigger tr3 on t before update for each row execute function f();  -- 42601
create trigger tr4 after insert or update of n on t for each row when (new.n > 0) execute function f();  -- 42883
create index i1 on t n;  -- 42601
create index i2 t(n);  -- 42601
create index i3 on t using btree n;  -- 42601
create index i4 on t (n, );  -- 42601
create index i5 on t (n) where n > ;  -- 42601
create index concurrently i6 on t (n);  -- 25001
create function g1() returns trigger as $$ begin if new.n > 0 then new.n = 1; return new; end; $$ language plpgsql;  -- 42601
create function g3() returns trigger as $$ begin new.n := 1; return new; end $$ language plpgsql;
create function g4() returns trigger as $$ begin if new.n > 0 then new.n = 1; else if new.n < 0 then new.n = 2; end if; return new; end; $$ language plpgsql;  -- 42601
create function g5() returns trigger as $$ begin if new.n > 0 then new.n = 1; elseif new.n < 0 then new.n = 2; end if; return new; end; $$ language plpgsql;
create function g6() returns int as $$ declare x int; begin select count(*) into x from t; return x end; $$ language plpgsql;  -- 42601
create function g7() returns int as $$ declare x int begin return 1; end; $$ language plpgsql;  -- 42601
create function g8() returns int as $$ begin for r in select * from t loop raise notice 'x'; end loop; return 1; end; $$ language plpgsql;  -- 42601
create function g9() returns int as $$ declare r record; begin for r in select * from t loop raise notice 'x'; end; return 1; end; $$ language plpgsql;  -- 42601
create function g10() returns int as $$ begin return next 1; end; $$ language plpgsql;  -- 42804
create function g11() returns void as $$ begin return 1; end; $$ language plpgsql;  -- 42804
create function g12() returns int as $$ begin return; end; $$ language plpgsql;  -- 42601
create function g13() returns setof int as $$ begin return 1; end; $$ language plpgsql;  -- 42804
create function g14() returns int as $$ begin return query select 1; end; $$ language plpgsql;  -- 42804
create function g15() returns int as $$ begin x := 1; return x; end; $$ language plpgsql;  -- 42601
create function g16() returns int as $$ begin while true loop exit; end loop; return 1; end; $$ language plpgsql;
create function g17() returns int as $$ begin begin insert into t (n) values (1); exception when unique_violation then null; end; return 1; end; $$ language plpgsql;
create function g20() returns int as $$ begin case when 1 = 1 then return 1; end case; end; $$ language plpgsql;
create function g21() returns int as $$ begin case when 1 = 1 then return 1; end; end; $$ language plpgsql;  -- 42601
create function g22() returns int as $$ begin return (select 1; end; $$ language plpgsql;  -- 42601
create function g23() returns int as $$ begin insert into t (n values (1); return 1; end; $$ language plpgsql;  -- 42601
create function g24() returns int as $$ begin raise exception 'x % %', 1; return 1; end; $$ language plpgsql;  -- 42601
create function g27() returns int as $$ begin if 1 = 1 return 1; end if; return 2; end; $$ language plpgsql;  -- 42601
create function g29() returns int as $$ declare x int; x text; begin return 1; end; $$ language plpgsql;  -- 42601
create function g30() returns int as $$ return 1; $$ language plpgsql;  -- 42601
create function g31() returns int as $$ select 1 $$ language plpgsql;  -- 42601
create function g32(a int returns int as $$ begin return 1; end; $$ language plpgsql;  -- 42601
create function g33(a int) returns int language plpgsql begin return 1; end;  -- 42601
create function g34(a int) returns int $$ begin return 1; end; $$ language plpgsql;  -- 42601
create function g35(a int) returns int as $$ begin return 1; end; $$ language plpgsql security definer set search_path to '';
create function g36(a int) returns int as $$ begin return 1; end; $$ language plpgsql security_definer;  -- 42601
create function g38() returns int as $$ begin select 1; return 1; end; $$ language plpgsql;
create function g39() returns int as $$ declare v t%rowtype; begin select * into v from t limit 1; return v.n; end; $$ language plpgsql;
create function g40() returns int as $$ declare v nope%rowtype; begin return 1; end; $$ language plpgsql;  -- 42P01
create function g41() returns int as $$ declare v nope.col%type; begin return 1; end; $$ language plpgsql;  -- 42P01
create function g43() returns int as $$ begin get diagnostics x = row_count; return 1; end; $$ language plpgsql;  -- 42601
alter table t enable rls;  -- 42601
alter table t add policy p on t using (true);  -- 42601
alter table t add foreign key user_id references auth.users(id);  -- 42601
alter table t add constraint fk foreign key (user_id) references auth.users;
alter table t add constraint foreign key (user_id) references auth.users (id);  -- 42601
alter table t add column a text, b text;  -- 42601
alter table t add (a text);  -- 42601
alter table t add column if not exists (z text);  -- 42601
alter table t alter column n int;  -- 42601
alter table t alter n type bigint using n::bigint;  -- 0A000
alter table t drop column n, drop name;  -- 2BP01
alter table t rename name to title2 cascade;  -- 42601
alter table t rename to;  -- 42601
alter table t add unique name;  -- 42601
alter table t add primary key id;  -- 42601
alter table t set schema;  -- 42601
insert into t (n) value (1);  -- 42601
insert into t (n) values 1;  -- 42601
insert into t set n = 1;  -- 42601
insert into t (n) values (1) on conflict do update set n = 2;  -- 42601
insert into t (n, name) values (1, 'it's);  -- 42601
update t n = 1;  -- 42601
update t set n == 1;  -- 42601
update t set n = 1 where id = ;  -- 42601
update t set n = 1, where id is null;  -- 42601
delete t where n = 1;  -- 42601
delete * from t;  -- 42601
create type e as enum (a, b);  -- 42601
create type e as enum 'a', 'b';  -- 42601
create type e enum ('a');  -- 42601
create extension "pgcrypto" if not exists;  -- 42601
create extension if not exists uuid-ossp;  -- 42601
create schema if not exist x;  -- 42601
create table if not exist y (id int);  -- 42601
create table z1 id int;  -- 42601
create table z2 (id int primary key autoincrement);  -- 42601
create table z3 (id int not null primary);  -- 42601
create table z4 (id int, foreign key (id) reference t(id));  -- 42601
create table z5 (id uuid references t(id) on delete cascade on update set nul);  -- 42601
create table z6 (id int unique key);  -- 42601
create table z7 (id int comment 'x');  -- 42601
create table z8 (id int) engine=innodb;  -- 42601
create table z9 (`id` int);  -- 42601
create table z10 (id int default (now));  -- 0A000
create table z11 (id int check id > 0);  -- 42601
create table z12 (id int constraint c check (id > 0) not null);
create table z13 (user text);  -- 42601
create table z14 (order int);  -- 42601
create table z15 (id int, "order" int, primary key id);  -- 42601
create table z16 (id int, index (id));  -- 42601
create table z17 (id int, key k (id));  -- 42704
create table z18 (a timestamp with timezone);  -- 42601
create table z20 (a text not null default null);
create table z21 (a int generated always as identity primary key, b int generated always as (a * 2));
create table z22 (a int generated always as (1) stored);
grant select on t for anon;  -- 42601
grant usage on schema public anon;  -- 42601
revoke all on t to anon;  -- 42601
comment on table t 'x';  -- 42601
comment on t is 'x';  -- 42601
drop table if exist t;  -- 42601
drop policy p7 from t;  -- 42601
drop policy p7;  -- 42601
drop index i9 on t;  -- 42601
drop trigger tr9;  -- 42601
begin transaction  -- 42601
select cron.schedule('x', '* * * * *', $$ select 1 $$);
