create table apps (name text);
alter table apps enable row level security;
create policy "read" on apps for select using (true);
create table unsaid (id uuid primary key);
alter table unsaid enable row level security;
do $$
declare t text;
begin
  for t in select name from apps loop -- expect: FC207
    execute 'create policy p on ' || t || ' for select using (true)';
  end loop;
end $$;
