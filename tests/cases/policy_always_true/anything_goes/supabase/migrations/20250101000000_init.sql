create function is_editor() returns boolean language sql as $$ select false $$;
create table posts (id uuid primary key, author_id uuid);
alter table posts enable row level security;
create policy "all" on posts for all using (true); -- expect: FC304
create policy "taken as mine" on posts for update using (true) with check (author_id = (select auth.uid())); -- expect: FC304
create policy "taken" on posts for update to authenticated using (true) with check (auth.uid() = posts.author_id); -- expect: FC304
create policy "insert" on posts for insert to anon with check ((1 = 1)); -- expect: FC304
create policy "update" on posts for update to authenticated using (true) with check (true); -- expect: FC304
create policy "delete" on posts for delete using ( ( TRUE ) ); -- expect: FC304
create policy "changed since" on posts for delete using (author_id = auth.uid()); -- expect: FC304
alter policy "changed since" on posts using (true);
create policy "anyone uploads" on storage.objects for insert to public with check (true); -- expect: FC304

-- Silent: for reading, for the service role, an owner, a restrictive one, one that does nothing, no grant.
create policy "read" on posts for select using (true);
create policy "service" on posts for all to service_role using (true) with check (true);
create policy "own" on posts for update using (author_id = (select auth.uid())) with check (true);
create policy "asked of a function" on posts for update using (true) with check (public.is_editor());
create policy "once it is theirs" on posts for update to service_role using (true) with check (author_id = auth.uid());
create table narrowed (id uuid primary key, author_id uuid);
alter table narrowed enable row level security;
create policy "wide" on narrowed for insert with check (true);
create policy "narrow" on narrowed as restrictive for insert with check (author_id = (select auth.uid()));
create table ungranted (id uuid primary key);
alter table ungranted enable row level security;
create policy "wide" on ungranted for delete using (true);
revoke insert, update, delete on ungranted from anon, authenticated;
create policy "send" on realtime.messages for insert to authenticated with check (true);
create table for_visitors (id uuid primary key);
alter table for_visitors enable row level security;
create policy "signed in" on for_visitors for insert to authenticated with check (true);
create policy "visitors" on for_visitors for insert to anon, service_role with check (true); -- expect: FC304
revoke insert on for_visitors from authenticated;
