create table users_x (id uuid primary key default gen_random_uuid(), email text unique, age int, active boolean default true, meta jsonb default '{}', created_at timestamptz default now());
create table m1 (id serial primary key, active boolean default 1);  -- 42804
create table m2 (id serial primary key, active boolean default 0);  -- 42804
create table m3 (id integer default gen_random_uuid());  -- 42804
create table m4 (id uuid default now());  -- 42804
create table m5 (at timestamptz default 0);  -- 42804
create table m6 (n int default 'abc');  -- 22P02
create table m7 (n int default true);  -- 42804
create table m8 (tags text[] default '[]');  -- 22P02
create table m9 (tags text[] default '{}');
create table m10 (j jsonb default {});  -- 42601
create table m11 (j jsonb default 'x');  -- 22P02
create table m12 (d date default current_timestamp);
create table m13 (t text default 5);
create table m14 (n numeric default '1.5');
create table m15 (u uuid default 'abc');  -- 22P02
create table m16 (b boolean default 'yes');
create table m17 (b boolean default 'maybe');  -- 22P02
create table m18 (at timestamp default 'tomorrow');
create table m19 (at timestamptz default 'nonsense');  -- 22007
create table m20 (at interval default '5 minutes');
create table m21 (n int default now());  -- 42804
create table m22 (owner jsonb references users_x(id));  -- 42804
create table m23 (owner bigint references users_x(id));  -- 42804
create table m24 (owner text references users_x(id));  -- 42804
create table m25 (owner uuid references users_x(email));  -- 42804
create table m26 (owner uuid references users_x(age));  -- 42830
create table m27 (a int, check (a = 'x'));  -- 22P02
create table m28 (a int auto_increment);  -- 42601
create table m29 (id int identity primary key);  -- 42601
create table m30 (a varchar(max));  -- 42601
create table m31 (a datetime);  -- 42704
create table m32 (a text, primary key (b));  -- 42703
create table m33 (a text, unique (a, b));  -- 42703
create table m34 (a double);  -- 42704
create table m35 (a string);  -- 42704
create table m36 (a enum('x','y'));  -- 42704
create table m37 (a int,);  -- 42601
create table m38 (a text default "x");  -- 0A000
create table m39 (a text check (a in ("x","y")));  -- 42703
alter table users_x add constraint if not exists c1 check (age > 0);  -- 42601
create policy if not exists p1 on users_x for select using (true);  -- 42601
create policy p2 on users_x for select with check (true);  -- 42601
create policy p3 on users_x for insert using (true);  -- 42601
create policy p4 on users_x for all to authenticated using (auth.uid() = email);  -- 42883
create policy p5 on users_x for update using (auth.uid() = id) with check (auth.uid()::text = id);  -- 42883
create policy p6 on users_x for select, insert using (true);  -- 42601
create policy p9 on users_x using (auth.jwt() ->> 'role' = 'admin');
create policy p10 on users_x using (id in (select user_id from nowhere));  -- 42P01
create trigger t1 before update on users_x for each row execute function nothere();  -- 42883
create trigger if not exists t2 before update on users_x for each row execute function nothere();  -- 42601
create index if not exists on users_x (email);  -- 42601
create index i1 on users_x (nope);  -- 42703
create unique index i2 on users_x (lower(email)) where active = 1;  -- 42883
create index i3 on users_x using gin (email);  -- 42704
create index i4 on users_x (age desc nulls last) include (nope);  -- 42703
insert into users_x (id, email) values ('1', 'a');  -- 22P02
insert into users_x (email, age) values ('a');  -- 42601
insert into users_x (email, age) values ('a', 'b');  -- 22P02
insert into users_x (email, active) values ('a', 1);  -- 42804
insert into users_x values (gen_random_uuid(), 'a', 1, true, '{}', now(), 5);  -- 42601
update users_x set active = 1;  -- 42804
update users_x set id = 5 where email = 'x';  -- 42804
delete from users_x where age = 'x';  -- 22P02
delete from users_x where active = 1;  -- 42883
select * from users_x where id = 5;  -- 42883
alter table users_x alter column age type uuid;  -- 42804
alter table users_x alter column email type int;  -- 42804
alter table users_x alter column active type int;  -- 42804
alter table users_x alter column age set default 'x';  -- 22P02
alter table users_x alter column active set default 1;  -- 42804
alter table users_x add column z int not null default '';  -- 22P02
alter table users_x modify column age bigint;  -- 42601
alter table users_x change age age2 int;  -- 42601
alter table users_x drop column if exists;  -- 42601
alter table users_x rename column nope to x;  -- 42703
alter table if exists nowhere add column x int;
create type st as enum ('a', 'b', 'a');  -- 23505
create type st2 as enum ("a");  -- 42601
create type if not exists st3 as enum ('a');  -- 42601
create function f1() returns trigger as $$ begin new.x = 1; return new; end $$ language plpgsql;
create function f4(a int) returns setof users_x as $$ select id from users_x $$ language sql;  -- 42P13
create function f6() returns text as $$ begin return 1; end $$;  -- 42P13
create function f7(a int default 1, b int) returns int as $$ select 1 $$ language sql;  -- 42P13
create function f10() return int as $$ select 1 $$ language sql;  -- 42601
create view v1 as select nope from users_x;  -- 42703
create view v2 as select id, id from users_x;  -- 42701
create view v3 as select u.id from users_x;  -- 42P01
create materialized view if not exists v5 as select 1;
create view if not exists v6 as select 1;  -- 42601
grant select on users_x to nobody_x;  -- 42704
grant all on table nowhere to anon;  -- 42P01
comment on column users_x.nope is 'x';  -- 42703
alter publication supabase_realtime add table nowhere;  -- 42P01
drop table nowhere;  -- 42P01
drop policy nope on users_x;  -- 42704
drop policy if exists nope on nowhere;
drop function nope();  -- 42883
drop trigger if exists t on nowhere;
alter table users_x enable row level security;
create policy a1 on users_x using (auth.user_id() = id);  -- 42883
create policy a1 on users_x using (auth.uid() = id and auth.role() = 'authenticated' and auth.email() = email and auth.jwt() is not null);
create function auth_user() returns uuid language sql as 'select auth.get_user()';  -- 42883
