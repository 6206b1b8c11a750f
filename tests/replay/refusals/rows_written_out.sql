create type mood as enum ('good', 'bad');
create table team (id uuid primary key default gen_random_uuid(), name text not null unique, mood mood);
create table member (id serial primary key, team_id uuid not null references team (id), n int unique);
create table pair (a int, b int, primary key (a, b));
insert into member (team_id) values ('00000000-0000-4000-8000-000000000001');  -- 23503
insert into member (team_id) values (null);  -- 23502
insert into member (n) values (1);  -- 23502
insert into member (team_id) values ((select id from auth.users limit 1));  -- 23502
insert into member (team_id) values ((select id from team where name = 'a' limit 1));  -- 23502
insert into member (team_id) select id from team;
insert into team (name, mood) values ('a', 'ugly');  -- 22P02
insert into team (name) values ('a');
insert into team (id, name) values ('not one', 'b');  -- 22P02
insert into team (id, name) values ('00000000-0000-4000-8000-000000000002', 'b'), ('00000000-0000-4000-8000-000000000003', 'b');  -- 23505
insert into team (name) values ('a');  -- 23505
insert into team (name) values ('a') on conflict do nothing;
insert into team (name) values ('a') on conflict (name) do update set mood = 'good';
insert into team (name) values ('a') on conflict (mood) do nothing;  -- 42P10
insert into team (name) values ('a') on conflict (missing) do nothing;  -- 42703
insert into team (name) values ('a') on conflict on constraint missing do nothing;  -- 42704
insert into team (name) values ('a') on conflict on constraint team_name_key do nothing;
insert into member (team_id) values ('00000000-0000-4000-8000-000000000001');  -- 23503
insert into member (team_id) values ((select id from team where name = 'b' limit 1));  -- 23502
insert into member (team_id, n) values ((select id from team where name = 'a' limit 1), 1);
insert into pair values (1, 2), (1, 3);
insert into pair values (1, 3);  -- 23505
insert into pair (a, b) values (2, default);  -- 23502
insert into pair values (2);  -- 23502
delete from pair;
insert into pair values (1, 3);
update team set id = '00000000-0000-4000-8000-000000000009' where false;
with x as (select 1 as a from missing_table) insert into pair select a, a from x;  -- 42P01
with x as (select 4 as a), y as (select missing from pair) insert into pair select a, a from x;  -- 42703
with x as (select 4 as a) insert into pair select a, a from x returning a;
with x as (select 4 as a) update missing_table set a = 1 from x;  -- 42P01
with x as (select 4 as a) update pair set b = x.missing from x where x.a = pair.a;  -- 42703
with x as (select 4 as a) delete from pair using x where pair.missing = x.a;  -- 42703
with x as (insert into pair values (7, 7) returning a) select x.a from x;
with x as (insert into missing_table values (7, 7) returning a) select x.a from x;  -- 42P01
with recursive x as (select 1 as a union all select a + 1 from x where a < 3) select y.a from x, missing_table y;  -- 42P01
update pair set b = 1 from missing_table m where m.a = pair.a;  -- 42P01
update pair set b = (select m.a from missing_table m);  -- 42P01
delete from pair using missing_table m where m.a = pair.a;  -- 42P01
select missing_function(1);  -- 42883
select missing_schema.f(1);  -- 3F000
