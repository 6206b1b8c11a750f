create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
insert into storage.buckets (id, name) values ('avatars', 'avatars') on conflict do nothing;
