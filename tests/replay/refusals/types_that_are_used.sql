create table t (id int primary key, a text, b text, c text generated always as (upper(a)) stored, d int, e text, f text, g text, h text check (h <> 'x'));
create policy p on t using (b = 'x');
create policy p2 on t using (exists (select from t t2 where t2.e = 'x'));
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of d on t for each row execute function tf();
create trigger tw before update on t for each row when (old.f is distinct from new.f) execute function tf();
create trigger bad before update on t for each row when (old.nothing is distinct from new.f) execute function tf();  -- 42703
create index on t (g);
alter table t alter column a type varchar(10);  -- 0A000
alter table t alter column a type text;  -- 0A000
alter table t alter column c type varchar using c::varchar;  -- 42611
alter table t alter column c type varchar;
alter table t alter column b type varchar(10);  -- 0A000
alter table t alter column b type text;  -- 0A000
alter table t alter column d type bigint;  -- 0A000
alter table t alter column e type varchar;  -- 0A000
alter table t alter column f type varchar;  -- 0A000
alter table t alter column g type varchar;
alter table t alter column h type varchar;
create view v as select g from t;
alter table t alter column g type varchar;  -- 0A000
alter table t alter column g type text;  -- 0A000
drop view v;
alter table t alter column g type text;
drop trigger tw on t;
alter table t alter column f type varchar;
drop policy p on t;
alter table t alter column b type varchar(10);
