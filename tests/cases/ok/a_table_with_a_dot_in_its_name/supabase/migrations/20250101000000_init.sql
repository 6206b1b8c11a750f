create table "odd.name" (id uuid primary key);
alter table "odd.name" enable row level security;
