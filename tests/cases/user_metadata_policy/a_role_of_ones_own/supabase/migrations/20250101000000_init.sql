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

-- A variable may carry it to the answer, and a table beside it takes nothing away.
create function says() returns text language plpgsql stable as $$
declare role text := auth.jwt() -> 'user_metadata' ->> 'role';
begin
  return role;
end $$;
create policy "variable" on reports for update using (says() = 'admin'); -- expect: FC307
create table staff (id uuid primary key, tenant text);
alter table staff enable row level security;
create function is_staff() returns boolean language plpgsql stable as $$
begin
  return auth.jwt() -> 'user_metadata' ->> 'role' = 'staff' or exists (select 1 from staff s where s.id = auth.uid());
end $$;
create policy "either" on reports for update using (is_staff()); -- expect: FC307
create policy "any row" on reports for delete -- expect: FC307
  using (exists (select 1 from staff s where s.tenant = auth.jwt() -> 'user_metadata' ->> 'tenant'));

-- Silent: which of their own rows users mean.
create function tenant() returns text language plpgsql stable as $$
declare asked text := auth.jwt() -> 'user_metadata' ->> 'tenant';
begin
  return (select s.tenant from staff s where s.id = auth.uid() and s.tenant = asked);
end $$;
create policy "own" on reports for select using (reports.tenant = tenant());
create policy "own row" on reports for delete using (exists (
  select 1 from staff s where s.id = (select auth.uid()) and s.tenant = (auth.jwt() -> 'user_metadata' ->> 'tenant')
));

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
