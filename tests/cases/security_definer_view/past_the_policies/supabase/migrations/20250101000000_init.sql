create table notes (id uuid primary key, user_id uuid, body text);
alter table notes enable row level security;
create policy "own" on notes for select to authenticated using (user_id = (select auth.uid()));
create view recent as select id, body from notes; -- expect: FC305
create view counted as select user_id, count(*) from notes group by user_id; -- expect: FC305
create view under_another as select id from recent; -- expect: FC305
create view switched with (security_invoker = on) as select id from notes; -- expect: FC305
alter view switched reset (security_invoker);
create view off with (security_invoker = false) as select id from notes; -- expect: FC305
create table for_members (id uuid primary key);
alter table for_members enable row level security;
create policy "signed in" on for_members for select to authenticated using (true);
create view of_members as select id from for_members; -- expect: FC305

-- Silent: it runs as whoever asks, everybody may read the rows anyway, no row level security, nobody may reach it.
create view asked with (security_invoker = true) as select id from notes;
create view asked_since as select id from notes;
alter view asked_since set (security_invoker = on);
create table published (id uuid primary key);
alter table published enable row level security;
create policy "everyone" on published for select using (true);
create view of_published as select id from published;
create schema private;
create view private.hidden as select id from notes;
create view kept_back as select id from notes;
revoke all on kept_back from public, anon, authenticated;
create table kinds (id int primary key); -- expect: FC301
create view of_kinds as select id from kinds;
create view of_members_for_them as select id from for_members;
revoke all on of_members_for_them from public, anon;
create table for_each (id uuid primary key);
alter table for_each enable row level security;
create policy "signed in" on for_each for select to authenticated using (true);
create policy "visitors" on for_each for select to anon using (true);
create view of_each as select id from for_each;
