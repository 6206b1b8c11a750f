create table t (id int primary key, a int);
create view v as select id, a from t;
create view w as select id + 1 as x from t;
create rule r as on insert to t do also insert into t values (new.id);
create rule r as on insert to t do instead nothing;  -- 42710
create or replace rule r as on insert to t do instead nothing;
create rule r2 as on update to missing do instead nothing;  -- 42P01
create rule r3 as on insert to w do instead insert into t (id) values (new.x);
drop rule r on t;
drop rule r on t;  -- 42704
drop rule if exists r on t;
drop rule r on missing;  -- 42P01
alter rule r3 on w rename to r4;
alter rule r3 on w rename to r4;  -- 42704
comment on rule r4 on w is 'x';
comment on rule r3 on w is 'x';  -- 42704
alter table t disable rule missing;  -- 42704
alter table t disable trigger missing;  -- 42704
alter table t enable trigger all;
alter table t cluster on missing;  -- 42704
alter table t cluster on t_pkey;
alter table t replica identity using index missing;  -- 42704
alter table t replica identity using index t_pkey;
