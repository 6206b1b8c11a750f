create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create table copies (like notes including all);
alter table copies enable row level security;
create table summary as select id from notes;
alter table summary enable row level security;
create table parts (id int, at date) partition by range (at);
alter table parts enable row level security;
create table parts_2025 partition of parts for values from ('2025-01-01') to ('2026-01-01');
do $$
begin
  if not exists (select 1 from information_schema.tables where table_name = 'guarded') then
    create table guarded (id int primary key);
    alter table guarded enable row level security;
  end if;
exception when duplicate_table then null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['loop_one', 'loop_two'] loop
    execute format('create table %I (id int primary key)', t);
    execute format('alter table %I enable row level security', t);
  end loop;
end $$;
