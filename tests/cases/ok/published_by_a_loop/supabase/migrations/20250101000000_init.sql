create table rooms (id bigint primary key);
create table messages (id bigint primary key);
alter table rooms enable row level security;
alter table messages enable row level security;
do $$
declare t text;
begin
  foreach t in array array['rooms', 'messages'] loop
    execute format('alter publication supabase_realtime add table public.%I', t);
  end loop;
end $$;
