create table letters (id uuid primary key, user_id uuid references auth.users (id), body text);
alter table letters enable row level security;
-- The database refuses this one, and that is told: a policy was not forgotten.
create policy "own letters" on letters for select to authenticated using (owner_id = auth.uid()); -- expect: FC207

create table stamps (id uuid primary key, worth numeric); -- expect: FC302
alter table stamps enable row level security;
