-- What this drops and empties cannot be told; that it makes no column can.
do $$
declare
  found record;
  listed text;
begin
  for found in select c.conname from pg_constraint c where c.conrelid = 'public.deals'::regclass and c.conkey = array[2::smallint] loop -- expect: FC207
    execute format('alter table public.deals drop constraint %I', found.conname);
  end loop;
  select string_agg(table_name, ', ') into listed from information_schema.columns where column_name = 'old';
  execute 'truncate table ' || listed || ' restart identity';
end $$;
-- Which constraints this renews and renames cannot be told either, and none of it makes a column.
do $$
declare
  found record;
begin
  for found in select c.conname from pg_constraint c where c.conrelid = 'public.firms'::regclass and c.conkey = array[2::smallint] loop -- expect: FC207
    execute format('alter table public.firms drop constraint %I', found.conname);
    execute format('alter table public.firms add constraint %I check (true)', found.conname);
    execute format('alter table public.firms rename constraint %I to %I', found.conname, 'c');
  end loop;
end $$;
