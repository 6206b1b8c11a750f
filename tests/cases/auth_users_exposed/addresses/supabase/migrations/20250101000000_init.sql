create view people as select id, email from auth.users; -- expect: FC308
create view named as select id, raw_user_meta_data ->> 'name' as name from auth.users; -- expect: FC308
create materialized view cached as select email from auth.users; -- expect: FC308
create table teams (id uuid primary key, owner_id uuid references auth.users (id));
alter table teams enable row level security;
create policy "everyone" on teams for select using (true);
create view owners as select t.id, u.email from teams t join auth.users u on u.id = t.owner_id; -- expect: FC308
create view everything as select * from auth.users; -- expect: FC308

-- Silent: as whoever asks, one's own row, the key alone, nobody may reach it, not exposed.
create view asked with (security_invoker = on) as select id, email from auth.users;
create view me as select id, email from auth.users where id = auth.uid();
create view ids as select u.id from auth.users u;
create view kept_back as select id, email from auth.users;
revoke all on kept_back from public, anon, authenticated;
create schema private;
create view private.people as select id, email from auth.users;
