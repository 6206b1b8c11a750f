create domain email as text check (value ~ '@') not null default 'x@y';
create domain email as text;  -- 42710
create domain short as varchar(10) constraint len check (length(value) > 1);
create domain bad as nothing;  -- 42704
create domain bad as text check (missing > 1);  -- 42703
create domain num as int;
create table t (id int, e email, s short not null, n num[]);
alter domain short drop constraint len;
alter domain short drop constraint len;  -- 42704
alter domain short drop constraint if exists len;
alter domain short add constraint len check (length(value) > 2);
alter domain short add constraint len check (length(value) > 2);  -- 42710
alter domain short rename constraint len to len2;
alter domain short rename constraint len to len2;  -- 42704
alter domain short validate constraint missing;  -- 42704
alter domain short set not null;
alter domain short rename to brief;
alter domain missing set not null;  -- 42704
alter domain missing add check (value > 1);  -- 42704
alter domain t add check (value > 1);  -- 42809
drop domain brief;  -- 2BP01
drop domain brief cascade;
alter table t alter column e type text;
drop domain email;
alter type num rename to number;
drop type number;  -- 2BP01
create schema app;
alter domain number set schema app;
drop table t;
drop type app.number;
