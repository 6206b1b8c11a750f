create table pages (id uuid primary key);
alter table pages enable row level security;
create table leaves (id uuid primary key);
alter table leaves enable row level security;
create table notes (id uuid primary key); -- expect: FC302
alter table notes enable row level security;
do $$
declare each text;
begin
  foreach each in array array['pages', 'leaves'] loop
    execute format('create policy own on %I for select using (nope = auth.uid())', each); -- expect: FC207
  end loop;
end $$;
