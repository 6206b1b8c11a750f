create table outbox (id uuid primary key);
alter table outbox enable row level security;
create policy own on outbox for select using (true);
create table drafts (id uuid primary key); -- expect: FC501
alter table drafts enable row level security;
create policy own on drafts for select using (true);
create table notes (id uuid primary key);
alter table notes enable row level security;
create policy own on notes for select using (true);
