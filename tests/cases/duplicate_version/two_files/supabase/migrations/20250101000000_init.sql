create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
