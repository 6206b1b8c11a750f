create table notes (id uuid primary key); -- expect: FC301
create policy "one" on notes for select using (true); -- expect: FC303
create policy "two" on notes for insert with check (auth.uid() is not null);
create table off_again (id uuid primary key); -- expect: FC301
alter table off_again enable row level security;
create policy "one" on off_again for select using (true); -- expect: FC303
alter table off_again disable row level security;
create schema private;
create table private.notes (id uuid primary key);
create policy "hidden" on private.notes for select using (true); -- expect: FC303
create table forced (id uuid primary key); -- expect: FC301
alter table forced force row level security;
create policy "forced" on forced for select using (true); -- expect: FC303
create table renamed (id uuid primary key); -- expect: FC301
create policy "kept" on renamed for select using (true); -- expect: FC303
alter table renamed rename to renamed_since;

-- Silent: on before, on after, on by a block, the policy is gone, a table of Supabase's own.
create table before (id uuid primary key);
alter table before enable row level security;
create policy "p" on before for select using (true);
create table after (id uuid primary key);
create policy "p" on after for select using (true);
alter table after enable row level security;
create table by_block (id uuid primary key);
create policy "p" on by_block for select using (true);
do $$ begin execute 'alter table by_block enable row level security'; end $$;
create table no_more (id uuid primary key); -- expect: FC301
create policy "p" on no_more for select using (true);
drop policy "p" on no_more;
create policy "own files" on storage.objects for select using (owner_id = (select auth.uid()::text));
