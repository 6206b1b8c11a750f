create table notes (id uuid primary key); -- expect: FC302
alter table notes enable row level security;
create table jobs (id uuid primary key); -- expect: FC302
create policy "old" on jobs for select using (true);
alter table jobs enable row level security;
drop policy "old" on jobs;
create table parts (id int) partition by list (id); -- expect: FC302
create table part_one partition of parts for values in (1);
alter table parts enable row level security;
create table renamed (id uuid primary key); -- expect: FC302
alter table renamed enable row level security;
alter table renamed rename to renamed_since;
create table looped (id uuid primary key); -- expect: FC302
do $$ begin alter table looped enable row level security; end $$;

-- Silent: a policy of any kind, nobody may reach it, not exposed, no row level security at all.
create table read_by_all (id uuid primary key);
alter table read_by_all enable row level security;
create policy "read" on read_by_all for select using (true);
create table kept_back (id uuid primary key);
alter table kept_back enable row level security;
revoke all on kept_back from anon, authenticated;
create schema private;
create table private.notes (id uuid primary key);
alter table private.notes enable row level security;
create table made_for_each (id uuid primary key);
alter table made_for_each enable row level security;
do $$ begin execute format('create policy %I on made_for_each for select using (true)', 'p' || 'q'); end $$;
