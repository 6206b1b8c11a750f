create type kind as enum ('a');
create type pair as (x text);
create domain short as text;
create table a (id int, t text, v varchar(9), b boolean, u uuid, j json, jb jsonb, k kind, n numeric, d date, ts timestamptz, p pair, arr text[], s short, c "char", big bigint, f real, tm time, iv interval, by bytea, i inet);
alter table a alter column t type int;  -- 42804
alter table a alter column t type int using t::int;
alter table a alter column v type uuid;  -- 42804
alter table a alter column v type kind;  -- 42804
alter table a alter column v type text;
alter table a alter column b type int;  -- 42804
alter table a alter column b type text;
alter table a alter column u type int;  -- 42804
alter table a alter column u type varchar(40);
alter table a alter column j type jsonb;
alter table a alter column jb type json;
alter table a alter column jb type text;
alter table a alter column k type text;
alter table a alter column n type int;
alter table a alter column n type boolean;  -- 42804
alter table a alter column d type timestamptz;
alter table a alter column big type int;
alter table a alter column f type uuid;  -- 42804
alter table a alter column s type varchar;
alter table a alter column id type jsonb;  -- 42804
alter table a alter column id type pair;  -- 42804
alter table a alter column c type text;
alter table a alter column tm type interval;
alter table a alter column v type short;
alter table a alter column v type name;
alter table a alter column by type text;
create table h (id int, x text, constraint ck check (id > 0));
create table h1 () inherits (h);
alter table h1 drop constraint ck;  -- 42P16
alter table h1 alter column id type bigint;  -- 42P16
alter table h alter column id type bigint;
alter table h1 alter column x set default 'a';
alter table h drop constraint ck;
create table w (z h, y h1[]);
drop table h1;  -- 2BP01
drop table h cascade;
create view v as select * from a;
create function t() returns trigger language plpgsql as 'begin return new; end';
create trigger g before insert on v for each row execute function t();  -- 42809
create trigger g before insert on v for each row execute function missing();  -- 42809
create trigger g before insert on v execute function t();
alter table a alter column t add generated always as identity;  -- 55000
create sequence sq;
alter type kind rename to sq;
