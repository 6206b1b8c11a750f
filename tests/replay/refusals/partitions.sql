create table m (id int, at date not null, k text default 'x', primary key (id, at), check (id > 0)) partition by range (at);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
create index on m (at);
create table m2 partition of m default;
create index m_k on m (k);
alter table m add constraint m_u unique (k, at);
create table o (id int primary key);
alter table m add foreign key (id) references o (id);
create table m3 partition of m for values from ('2025-01-01') to ('2026-01-01');
create table m4 (id int not null, at date not null, k text default 'x', check (id > 0));
alter table m attach partition m4 for values from ('2026-01-01') to ('2027-01-01');  -- 42804
alter table m add column extra int not null default 1;
alter table m1 add column x int;  -- 42809
alter table m1 drop column k;  -- 42P16
alter table m drop column k;
alter table m detach partition m2;
drop table m1;
create trigger tg before insert on m for each row execute function suppress_redundant_updates_trigger();
drop index m_k;  -- 42704
alter table m drop constraint m_u;  -- 42704
alter table m3 drop constraint m3_pkey;  -- 42P16
drop index m3_pkey;  -- 2BP01
drop table m;
drop table m2;
