create table notes (id uuid primary key, title text);
alter table notes enable row level security;
