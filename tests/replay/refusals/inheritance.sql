create table m (id int, at date not null, n int) partition by range (at);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01') partition by list (id);
create table m11 partition of m1 for values in (1);
create table o (id int primary key);
alter table m add primary key (id, at);
alter table m add foreign key (n) references o (id);
create index m_n on m (n);
create index on m1 (n, id);
alter table m add constraint pos check (n > 0);
alter table m alter column n type bigint;
alter table m alter column n set not null;
alter table m rename column n to k;
alter table m1 rename column k to x;  -- 42P16
alter table m1 drop column k;  -- 42P16
alter table m1 add column x int;  -- 42809
alter table m drop constraint pos;
alter table m11 drop constraint m11_pkey;  -- 42P16
drop index m11_k_idx;  -- 42704
alter table m detach partition m1;
alter table m1 add column x int;
drop index m_n;
create table r (a int, b date check (b > '2020-01-01'));
create table inh (c int) inherits (r);
create table inh2 (a int, c int) inherits (r, inh);
create table inh3 (a text) inherits (r);  -- 42804
alter table r add column d int;
alter table r rename column d to e;
alter table inh drop column a;  -- 42P16
alter table r drop column e;
alter table r add constraint x check (a > 1);
drop table r;  -- 2BP01
drop table r cascade;
