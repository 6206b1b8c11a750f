create type pair as (x int, y text);
alter type pair add attribute z date;
alter type pair add attribute z date;  -- 42701
alter type pair drop attribute missing;  -- 42703
alter type pair drop attribute if exists missing;
alter type pair drop attribute y;
alter type pair alter attribute x type bigint;
alter type pair alter attribute missing type bigint;  -- 42703
alter type pair rename attribute x to xx;
alter type pair rename attribute missing to xx;  -- 42703
alter type pair rename attribute z to xx;  -- 42701
create type mood as enum ('a');
alter type mood add attribute x int;  -- 42P01
alter type mood rename attribute x to y;  -- 42P01
create table t (p pair);
alter type pair add attribute w int;
alter type pair alter attribute w type text;  -- 0A000
alter type pair add attribute q nothing;  -- 42704
create table typed of pair (primary key (xx));
create table typed2 of pair (xx with options default 5, constraint c unique (z));
alter table typed add column n int;  -- 42809
alter table typed drop column z;  -- 42809
alter type pair add attribute e int cascade;
create table typed3 of mood;  -- 42809
create table typed4 of missing;  -- 42704
drop type pair;  -- 2BP01
drop type pair cascade;
alter type pair owner to postgres;  -- 42704
