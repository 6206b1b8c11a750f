create policy anyone on events for insert to anon with check (true); -- expect: FC201 FC304
create policy readers on events for select using (true); -- expect: FC201
create policy own on events for update to authenticated using (user_id = auth.uid()); -- expect: FC201
