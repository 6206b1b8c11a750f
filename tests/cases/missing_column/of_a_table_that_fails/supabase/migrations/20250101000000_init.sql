-- The database has no deals, since it has no companies: what the code gets wrong about deals is wrong all the same.
create table deals (
  id bigint primary key,
  company_id bigint references companies (id), -- expect: FC201
  title text not null
);
alter table deals enable row level security;
alter table deals add column stage text;
create policy own on deals for all to authenticated using (company_id = 1);
create function won(company bigint) returns setof deals language sql set search_path = '' as $$
  select * from public.deals where company_id = company
$$;
