create table notes (id uuid primary key, body text);
alter table notes enable row level security;
do $$
declare p record;
begin
  for p in select policyname, tablename from pg_policies where schemaname = current_setting('app.tenant', true) loop -- expect: FC207
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
end $$;
