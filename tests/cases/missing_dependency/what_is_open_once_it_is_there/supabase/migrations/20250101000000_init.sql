create table teams (id uuid primary key, name text);
alter table teams enable row level security;
create policy "signed-in users read" on teams for select to authenticated using (true);

create table visits (
  id uuid primary key,
  team_id uuid references teams (id),
  guest_id uuid references guests (id) -- expect: FC201
);
alter table visits enable row level security;
create policy "whoever comes" on visits for insert with check (true); -- expect: FC304

create table badges (visit_id uuid references visits (id)); -- expect: FC301
create view last_visits as select id, team_id from visits; -- expect: FC305
create policy "own badges" on tokens for select using (true); -- expect: FC201
