create type mood as enum ('sad', 'ok');
create table t (id uuid primary key, owner text, n bigint, m mood, at timestamptz, d date, tags text[], j jsonb, b boolean, name varchar(9));
create table u (id uuid primary key, t_id text, t uuid references t);
create function company() returns text language sql stable as 'select ''x''';
create function mine() returns setof uuid language sql stable as 'select id from t';
alter table t enable row level security;
create policy a on t using (owner = auth.uid());  -- 42883
create policy a on t using (owner = auth.uid()::text);
create policy b on t using (id = auth.uid() and n = company());  -- 42883
create policy b on t for select using (auth.uid()::text = id);  -- 42883
create policy b on t for select using (m = 'glad');  -- 22P02
create policy b on t for select using (m in ('sad', 'glad'));  -- 22P02
create policy b on t for select using (m = 'sad' or m <> 'ok' or m::text = 'glad' or m > 'sad');
create policy c on t for select using (id = 'x');  -- 22P02
create policy c on t for select using (n = 'one');  -- 22P02
create policy c on t for select using (n = '1' and id = '00000000-0000-0000-0000-000000000000' and owner = 'x' and at > '2020-01-01' and d = 'today');
create policy d on t for select using (exists (select from u where u.t_id = t.id));  -- 42883
create policy d on t for select using (exists (select from u where u.t_id = t.id::text and u.t = t.id and u.id in (select mine())));
create policy e on t for select using (at > d and d < now() and name = owner and owner = any (tags) and j ->> 'a' = owner);
create view v as select t.id from t join u on u.t_id = t.id;  -- 42883
create view v as select t.id, t.m = 'ok' as ok from t where m = 'gone';  -- 22P02
create view v as select t.id, t.m, t.m::text as label from t;
create view w as select * from v where m = 'none';  -- 22P02
create view w as select * from v where label = 'none';
create function f() returns bigint language sql as $$ select count(*) from t where m = 'gone' $$;  -- 22P02
create function g(id text) returns bigint language sql as $$ select count(*) from t where owner = g.id $$;
create function h(p uuid) returns bigint language sql as $$ select count(*) from t where owner = p $$;  -- 42883
create index on t (id) where m = 'none';  -- 22P02
create index on t (id) where m = 'ok';
alter table t add check (m = 'never');  -- 22P02
alter table t add check (m <> 'sad' and owner = name and n > 0 and b = true);
delete from t where m = 'gone';  -- 22P02
update t set m = 'ok' where id = owner;  -- 42883
alter table t alter column owner type uuid using owner::uuid;  -- 0A000
create table z (id int, ref text);
alter table z alter column ref type uuid using ref::uuid;
create policy z on z using (ref = auth.uid());
