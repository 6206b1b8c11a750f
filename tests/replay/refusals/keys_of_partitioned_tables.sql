-- A key of a partitioned table holds what it is parted by, whether it is given with the table or later.
create table a (id bigint primary key, at date) partition by range (at);  -- 0A000
create table a (id bigint generated always as identity, at date, primary key (id)) partition by range (at);  -- 0A000
create table a (id bigserial, at date unique, unique (id)) partition by range (at);  -- 0A000
create table a (id bigint primary key, at date) partition by range ((at + 1));  -- 0A000
create table a (id bigserial, at date, primary key (id, at)) partition by range (at);
create table b (id bigint primary key, at date) partition by hash (id);
create table c (id bigint, at date) partition by range (at);
alter table c add primary key (id);  -- 0A000
create unique index on c (id);  -- 0A000
alter table c add primary key (at, id);
create table a1 partition of a for values from ('2024-01-01') to ('2025-01-01');
alter table a1 add unique (id);
create table a2 partition of a (unique (id)) for values from ('2025-01-01') to ('2026-01-01');
create table a3 partition of a for values from ('2026-01-01') to ('2027-01-01') partition by range (id);
alter table a3 add unique (at);  -- 0A000
