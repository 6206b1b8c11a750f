create schema private;
create table profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  full_name text,
  updated_at timestamptz
);
alter table profiles enable row level security;
create policy "profiles are public" on profiles for select using (true);
create policy "own profile is made" on profiles for insert with check ((select auth.uid()) = id);
create policy "own profile is changed" on profiles for update to authenticated
  using ((select auth.uid()) = id) with check ((select auth.uid()) = id);

create function handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, full_name) values (new.id, new.raw_user_meta_data ->> 'full_name');
  return new;
end $$;
create trigger on_auth_user_created after insert on auth.users for each row execute procedure handle_new_user();

create table teams (id bigint generated always as identity primary key, name text not null);
create table members (
  team_id bigint not null references teams (id),
  user_id uuid not null references auth.users (id),
  primary key (team_id, user_id)
);
alter table teams enable row level security;
alter table members enable row level security;
create function private.my_teams() returns setof bigint language sql stable security definer set search_path = '' as $$
  select team_id from public.members where user_id = (select auth.uid());
$$;
create policy "members see their teams" on teams for select to authenticated using (id in (select private.my_teams()));
create policy "members see each other" on members for select to authenticated
  using (team_id in (select private.my_teams()));
create policy "the role is in app_metadata" on teams for delete to authenticated
  using ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
create policy "the team is in app_metadata" on teams for delete to authenticated
  using (name = (auth.jwt() -> 'app_metadata' ->> 'team'));
create policy "a second factor for changes" on teams as restrictive for update to authenticated
  using ((select auth.jwt() ->> 'aal') = 'aal2');

create view team_sizes with (security_invoker = true) as
  select teams.id, count(*) as size from teams join members on members.team_id = teams.id group by teams.id;

insert into storage.buckets (id, name) values ('avatars', 'avatars') on conflict do nothing;
create policy "avatars are public" on storage.objects for select using (bucket_id = 'avatars');
create policy "anyone uploads an avatar" on storage.objects for insert with check (bucket_id = 'avatars');

create policy "signed in users listen" on realtime.messages for select to authenticated using (true);
create policy "signed in users send" on realtime.messages for insert to authenticated with check (true);
