-- A label that a transaction gives to a type from before it can be used in the next.
create type mood as enum ('sad', 'ok');
alter type mood add value 'glad';
commit;
alter type mood add value 'new' before 'ok';
alter type mood add value if not exists 'glad';
create table b (m mood default 'new');  -- 55P04
create table b (m mood default 'glad', n mood);
alter table b alter column n set default 'new';  -- 55P04
create policy p on b using (m = 'new');  -- 55P04
create policy p on b using (m in ('ok', 'glad'));
create policy q on b using (m::text = 'new');
create view v as select * from b where m = 'new';  -- 55P04
create function f() returns setof b language sql as $$ select * from b where m = 'new' $$;  -- 55P04
create function g() returns void language plpgsql as $$ begin perform 1 from b where m = 'new'; end $$;
insert into b (m) values ('new');  -- 55P04
insert into b (m) values ('ok');
commit;
insert into b (m) values ('new');
create policy r on b using (m = 'new');
alter type mood rename value 'new' to 'newer';
create policy s on b using (m = 'newer');
