create table a (id int);
create table b (what void);  -- 42P16
create table b (what pg_catalog.record);  -- 42P16
create table b (what anyelement);  -- 42P16
alter table a add column what trigger;  -- 42P16
create table b (id int);
