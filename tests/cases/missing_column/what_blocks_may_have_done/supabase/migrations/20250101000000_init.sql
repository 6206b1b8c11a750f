create table deals (id bigint primary key, stage text not null default 'open');
create table firms (id bigint primary key);
alter table deals enable row level security;
alter table firms enable row level security;
create policy "signed in" on deals for select to authenticated using (true);
create policy "signed in" on firms for select to authenticated using (true);
