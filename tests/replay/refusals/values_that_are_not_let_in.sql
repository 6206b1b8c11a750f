create table t (id int primary key, kind text not null check (kind in ('a', 'b')), size varchar(9) constraint sized check (size = any (array['s', 'm'])), n int, twice int generated always as (n * 2) stored);
insert into t (id, kind) values (1, 'a');
insert into t (id, kind) values (2, 'c');  -- 23514
insert into t (id, kind, size) values (3, 'a', 's'), (4, 'b', 'xl');  -- 23514
insert into t (id, kind, size) values (5, null, 'xl');  -- 23502
insert into t (id, kind, size) values (1, 'z', 's');  -- 23514
insert into t (id, kind, size) values (6, 'a', null);
insert into t (id, kind, n, twice) values (7, 'a', 1, 2);  -- 428C9
insert into t (id, kind, n, twice) values (7, 'a', 1, default);
insert into t (id, kind, twice) select 8, 'a', 3;  -- 428C9
alter table t drop constraint sized;
insert into t (id, kind, size) values (9, 'b', 'xl');
do $$ begin insert into t (id, kind) values (10, 'q'); end $$;  -- 23514
do $$ begin insert into t (id, kind) values (10, 'q'); exception when check_violation then null; end $$;
insert into t (id, kind) values (11, 'q') on conflict do nothing;  -- 23514
insert into t (id, kind) values (1, 'q') on conflict do nothing;  -- 23514
