create table deals (id uuid primary key);
alter table deals enable row level security;
create table perhaps_meant (id uuid primary key);
alter table perhaps_meant enable row level security;
