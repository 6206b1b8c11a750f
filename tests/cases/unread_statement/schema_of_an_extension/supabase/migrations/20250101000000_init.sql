-- What an extension that is not known brings is not known either: its schema, too, which is named after it.
create extension if not exists acme_tools; -- expect: FC207
select acmetools.install('more');
create table notes (id uuid primary key);
alter table notes enable row level security;
create policy own on notes for select using (true);
