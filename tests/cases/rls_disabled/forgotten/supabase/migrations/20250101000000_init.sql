create table open_to_all (id uuid primary key); -- expect: FC301
create table protected (id uuid primary key);
alter table protected enable row level security;
create table switched_off (id uuid primary key); -- expect: FC301
alter table switched_off enable row level security;
create policy "own" on switched_off for select using (true); -- expect: FC303
alter table switched_off disable row level security;
create schema private;
create table private.hidden (id uuid primary key);
create table ungranted (id uuid primary key);
revoke all on ungranted from anon, authenticated;
create table granted_again (id uuid primary key); -- expect: FC301
revoke all on granted_again from anon, authenticated;
grant select (id) on granted_again to anon;
