create sequence s;
create table t (id int default nextval('s'), n int);
alter sequence s owned by t.id;
create sequence u owned by t.n;
create sequence w owned by t.missing;  -- 42703
create sequence w owned by missing.n;  -- 42P01
alter sequence s owned by none;
alter sequence s owned by t.id;
alter sequence s as bigint;
alter sequence missing restart;  -- 42P01
drop sequence s;  -- 2BP01
alter table t drop column n;
drop sequence u;  -- 42P01
drop table t;
create sequence s;
create table c (like s);  -- 42809
alter table s drop constraint k;  -- 42809
alter table s alter column x set default null;  -- 42809
create table a (id int primary key);
alter table a add foreign key (id) references s (id);  -- 42809
alter table s rename to s2;
drop table s2;  -- 42809
drop sequence s2;
create table b (id serial primary key);
drop sequence b_id_seq;  -- 2BP01
drop sequence b_id_seq cascade;
create sequence b_id_seq;
alter table b alter column id drop default;
