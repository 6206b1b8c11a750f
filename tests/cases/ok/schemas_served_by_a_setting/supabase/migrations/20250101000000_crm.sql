create schema crm;
create schema billing;
create table crm.deals (id uuid primary key);
create table billing.invoices (id uuid primary key);
alter table crm.deals enable row level security;
alter table billing.invoices enable row level security;
create policy "everyone signed in" on crm.deals for select to authenticated using (true);
create policy "everyone signed in" on billing.invoices for select to authenticated using (true);
grant usage on schema crm, billing to authenticated;
grant select on crm.deals, billing.invoices to authenticated;

-- PostgREST takes this in preference to its configuration.
alter role "authenticator" set pgrst.db_schemas to 'public, crm';
alter role authenticator set pgrst.db_schemas = 'public', 'crm', 'billing';
notify pgrst, 'reload config';
