create table m (id int, at date not null) partition by range (at);
create table m1 partition of m (primary key (id)) for values from ('2024-01-01') to ('2025-01-01') partition by list (id);
create table m11 partition of m1 (id default 5) for values in (1);
alter table m add primary key (id, at);  -- 42P16
create table r (a int, b date, foreign key (a, b) references m (id, at));  -- 42830
create unique index on m (id, at);
alter table m rename column id to ident;
alter table m1 rename column at to x;  -- 42P16
alter table m alter column at drop not null;
create table n partition of missing default;  -- 42P01
create table n partition of r default;  -- 42P01
alter table r attach partition m1 default;  -- 42P01
alter table m detach partition r;  -- 42P01
alter table m attach partition missing default;  -- 42P01
alter table m rename to mm;
create table inh (c int) inherits (r);  -- 42P01
create table inh2 (a int, c text) inherits (r, inh);  -- 42P01
alter table r add column d int;  -- 42P01
alter table r rename column d to e;  -- 42P01
alter table inh drop column a;  -- 42P01
alter table r drop column e;  -- 42P01
alter table inh no inherit r;  -- 42P01
alter table r drop column a cascade;  -- 42P01
drop table r;  -- 42P01
drop table r cascade;  -- 42P01
