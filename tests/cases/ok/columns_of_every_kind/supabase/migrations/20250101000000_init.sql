create table companies (id bigint primary key, name text, city text);
create table deals (
  id bigint primary key,
  title text not null default '',
  stage text,
  details jsonb,
  old_price numeric,
  company_id bigint references companies,
  "camelCase" text,
  gone text,
  unique (title)
);
alter table companies enable row level security;
alter table deals enable row level security;
create function full_title(deals) returns text language sql as 'select $1.title';
create function deals_of(company bigint) returns setof deals language sql as 'select * from deals';
create view open_deals with (security_invoker = on) as select id, title, company_id from deals;
