create table notes (id uuid primary key, text text, title text);
alter table notes enable row level security;
create table tags (id uuid primary key);
alter table tags enable row level security;
