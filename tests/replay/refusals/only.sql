create table e (id int not null, d date not null, t text) partition by range (d);
create table e1 (id int not null, d date not null, t text);
alter table only e attach partition e1 for values from ('2024-01-01') to ('2024-02-01');
alter table only e add constraint e_pkey primary key (id, d);
alter table only e1 add constraint e1_pkey primary key (id, d);
create index e_t on only e (t);
create index e1_t on e1 (t);
alter index e_pkey attach partition e1_pkey;
alter index public.e_t attach partition public.e1_t;
alter index e_t attach partition no;  -- 42P01
alter index no attach partition e1_t;  -- 42P01
create table e2 partition of e for values from ('2024-02-01') to ('2024-03-01');
alter table only e add column x int;  -- 42P16
alter table only e add constraint ck check (id > 0);  -- 42P16
create table f (id int primary key);
alter table only e add foreign key (id) references f;  -- 42809
alter table only f add column x int;
create index on only e (d);
create index on e (d);
create table p (id int);
create table c () inherits (p);
alter table only p add column y int;  -- 42P16
alter table only p add check (id > 0);  -- 42P16
alter table only p alter column id set default 1;
alter table p alter column id set default 2;
drop index e_t;
alter table p add check (id > 1) no inherit;
alter table only p add constraint named check (id > 2) no inherit;
alter table e add check (id > 1) no inherit;  -- 42P16
create table p2 (id int check (id > 3) no inherit, constraint n check (id > 5) no inherit);
create table c2 () inherits (p2);
alter table only p2 add check (id > 7) no inherit;
alter table c2 drop constraint n;  -- 42704
alter table e alter column t set not null;
alter table e alter column t drop not null;
alter table only e alter column t set not null;  -- 42P16
