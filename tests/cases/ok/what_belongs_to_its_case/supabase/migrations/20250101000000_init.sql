create table companies (id bigint generated always as identity primary key, name text, website text);
create table people (id bigint generated always as identity primary key, name text, birthday date);
alter table companies enable row level security;
alter table people enable row level security;
create policy "read" on companies for select using (true);
create policy "read" on people for select using (true);
