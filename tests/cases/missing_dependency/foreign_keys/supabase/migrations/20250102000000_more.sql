create table tasks (id uuid primary key, owner uuid);
alter table tasks enable row level security;
alter table tasks
  add constraint tasks_owner_fkey foreign key (owner) references personas (id); -- expect: FC201
create policy "own" on campaigns for select using (true);
