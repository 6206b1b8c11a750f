create table deals (id bigint primary key, stage text not null default 'open');
alter table deals enable row level security;
create policy "signed in" on deals for select to authenticated using (true);
