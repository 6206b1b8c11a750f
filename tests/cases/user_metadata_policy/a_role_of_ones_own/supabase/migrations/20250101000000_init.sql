create table reports (id uuid primary key, tenant text);
alter table reports enable row level security;
create policy "arrow" on reports for select using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin'); -- expect: FC307
create policy "path" on reports for select using (auth.jwt() #>> '{user_metadata,role}' = 'admin'); -- expect: FC307
create policy "check" on reports for insert with check (tenant = auth.jwt() -> 'user_metadata' ->> 'tenant'); -- expect: FC307
create policy "table" on reports for delete -- expect: FC307
  using (exists (select 1 from auth.users u where u.id = auth.uid() and u.raw_user_meta_data ->> 'role' = 'admin'));
create function is_admin() returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(auth.jwt() -> 'user_metadata' ->> 'role' = 'admin', false)
$$;
create policy "function" on reports for update using (is_admin()); -- expect: FC307

-- Silent: what the server writes, a comment, a column's name, a function that only copies, a restrictive policy.
create policy "app" on reports for select using ((auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
create policy "said" on reports for select using (tenant = 'x' /* not user_metadata */);
create policy "value" on reports for select using (tenant <> 'see user_metadata');
create function copy_name() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.reports (id, tenant) values (new.id, new.raw_user_meta_data ->> 'tenant');
  return new;
end $$;
create trigger copy_name after insert on auth.users for each row execute function copy_name();
create policy "besides" on reports as restrictive for select using ((auth.jwt() -> 'user_metadata' ->> 'beta') = 'yes');
