-- What an extension that is not known brings is not known either: its schema, too.
create extension if not exists acme_tools; -- expect: FC207
select acme.install('more');
create table notes (id uuid primary key);
alter table notes enable row level security;
create policy own on notes for select using (true);
