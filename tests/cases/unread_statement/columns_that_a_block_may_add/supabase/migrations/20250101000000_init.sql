create table deals (id bigint primary key);
alter table deals enable row level security;
create policy "signed in" on deals for select to authenticated using (true);
create table plan (name text primary key);
alter table plan enable row level security;
create policy "signed in" on plan for select to authenticated using (true);
do $$
declare
  each record;
begin
  for each in select name from plan loop -- expect: FC207
    execute format('alter table deals add column %I text', each.name);
  end loop;
end $$;
