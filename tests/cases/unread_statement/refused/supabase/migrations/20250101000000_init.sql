create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create policy if not exists "own" on notes for select using (true); -- expect: FC207
alter table notes add constraint if not exists notes_owner unique (owner); -- expect: FC207
