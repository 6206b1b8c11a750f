create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
drop table notes;
create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
