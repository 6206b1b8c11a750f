create table b (id bigint generated always as identity primary key, a_id int, x text);
create table p (id int not null, x text, y int, primary key (id, y)) partition by range (y);
create table p1 partition of p for values from (0) to (10);
create table c (id int not null, x text, y int not null);
create table d (id int, x text, y int);
create table e (x text, y int not null, id int not null, extra int);
create table k (x text, y int not null);
create table l (id int not null, x varchar(9), y int not null);
create view v as select 1 as x;
alter table b attach partition c for values from (0) to (10);  -- 42809
alter table p attach partition p1 for values from (30) to (40);  -- 42809
alter table p attach partition b for values from (30) to (40);  -- 55000
alter table p attach partition d for values from (30) to (40);  -- 42804
alter table p attach partition e for values from (30) to (40);  -- 42804
alter table p attach partition k for values from (30) to (40);  -- 42804
alter table p attach partition l for values from (30) to (40);  -- 42804
alter table p attach partition v for values from (30) to (40);  -- 42809
alter table p attach partition p for values from (30) to (40);  -- 42P07
alter table p attach partition nope for values from (30) to (40);  -- 42P01
alter table p detach partition c;  -- 42P01
alter table b detach partition c;  -- 42809
alter table p attach partition c for values from (30) to (40);
alter table p detach partition c;
create table i1 () inherits (p);  -- 42809
create table i2 () inherits (p1);  -- 42809
create table i3 () inherits (b, b);  -- 42P07
create table i4 () inherits (v);  -- 42809
create table i5 partition of b for values from (1) to (2);  -- 42P17
create table c () inherits (p);  -- 42809
