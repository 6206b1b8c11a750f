create table t (id int, a int not null, b int);
create unique index ti on t (id);
create unique index ta on t (a);
create index tb on t (b);
create unique index tp on t (b) where b > 1;
create unique index te on t ((b + 1));
alter table t add constraint t_pk primary key using index ti;
alter table t add constraint u unique using index ta;
alter table t add constraint x unique using index tb;  -- 42809
alter table t add constraint x unique using index tp;  -- 42809
alter table t add constraint x unique using index te;  -- 42809
alter table t add constraint x unique using index missing;  -- 42704
alter table t add primary key using index tp;  -- 42809
drop index ti;  -- 42704
drop index t_pk;  -- 2BP01
drop index u;  -- 2BP01
alter table t drop constraint t_pk;
create unique index ti on t (id);
alter table t add primary key using index ti;
create table o (id int);
create unique index oi on o (id);
alter table t add constraint z unique using index oi;  -- 55000
