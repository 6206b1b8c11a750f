create schema crm;
create schema audit;
create table crm.deals (id bigint primary key);
create table audit.events (id bigint primary key);
alter table crm.deals enable row level security;
create function audit.prune() returns void language sql as 'select 1';
