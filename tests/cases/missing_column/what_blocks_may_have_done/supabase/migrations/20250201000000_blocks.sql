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
