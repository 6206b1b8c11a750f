create schema crm;
create schema billing;
create table crm.deals (id uuid primary key);
create table billing.invoices (id uuid primary key);
alter role authenticator set pgrst.db_schemas = 'public, crm';
alter table crm.deals enable row level security;
create policy "everyone signed in" on crm.deals for select to authenticated using (true);
grant usage on schema crm to authenticated;
grant select on crm.deals to authenticated;
