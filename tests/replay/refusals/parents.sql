create table a (id int primary key, x text, y int);
create table h (id int, x text, check (id > 0));
create table h1 (z int) inherits (h);
create table p (id int not null, x text, y int) partition by range (id);
create table p1 partition of p for values from (0) to (10);
create type pair as (x text, y int);
create type kind as enum ('a');
create table c (x text, id int, z int);
create function t() returns trigger language plpgsql as 'begin return new; end';
alter table c inherit a;  -- 42804
alter table c inherit h;  -- 42804
alter table c add constraint h_id_check check (id > 0);
alter table c inherit h;
alter table c inherit h;  -- 42P07
alter table h inherit c;  -- 42P07
alter table c inherit p;  -- 42809
alter table c inherit p1;  -- 42809
alter table p1 inherit a;  -- 42809
alter table p inherit a;  -- 42809
alter table h add column later int;
alter table c no inherit a;  -- 42P01
alter table c no inherit h;
alter table p no inherit h;  -- 42P01
alter table p1 no inherit h;  -- 42809
alter table a not of;  -- 42809
alter table a of pair;  -- 42804
alter table a of kind;  -- 42809
alter table a of h;  -- 42809
create table tt (x text, y int);
alter table tt of pair;
alter table tt add column z int;  -- 42809
alter table tt not of;
alter table h1 of pair;  -- 42809
create trigger tr before insert on p for each row execute function t();
create trigger st before insert on p for each statement execute function t();
create table p2 partition of p for values from (10) to (20);
drop trigger tr on p1;  -- 2BP01
alter trigger tr on p1 rename to tr2;  -- 0A000
alter trigger tr on p rename to tr2;
alter table p detach partition p2;
drop trigger tr2 on p;
create trigger own before insert on p1 for each row execute function t();
create trigger own before insert on p for each row execute function t();  -- 42710
alter table a alter column x drop expression;  -- 55000
alter table a alter column x drop expression if exists;
create sequence kind;  -- 42710
create sequence if not exists kind;  -- 42710
grant usage on type no to public;  -- 42704
grant usage on type kind, pair to public;
alter table a add unique (y, y);  -- 42701
alter table p add primary key (y);  -- 0A000
create unique index on p (x);  -- 0A000
create unique index on p (x, id);
create table pe (id int, e int) partition by range ((id + e), id);
alter table pe add primary key (id);  -- 0A000
alter table pe add unique (id, e);  -- 0A000
create table pn (id int) partition by range (no);  -- 42703
create view v as select id from a;
alter policy q on v using (true);  -- 42809
create table r (a int); create table r1 (b int) inherits (r);
alter table r rename column a to b;  -- 42701
