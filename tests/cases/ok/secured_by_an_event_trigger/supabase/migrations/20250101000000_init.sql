-- As Supabase documents it: every new table of public gets row level security.
create function public.secure_new_tables() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  made record;
begin
  for made in select * from pg_event_trigger_ddl_commands() where object_type in ('table', 'partitioned table') loop
    if made.schema_name in ('public') then
      execute format('alter table if exists %s enable row level security', made.object_identity);
    end if;
  end loop;
end;
$$;
create event trigger secure_new_tables on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') execute function public.secure_new_tables();
create table public.deals (id bigint primary key);
create policy own on public.deals for select using (auth.uid() is not null);
