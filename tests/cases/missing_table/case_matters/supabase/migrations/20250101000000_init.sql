create table UserNotes (id uuid primary key);
alter table usernotes enable row level security;
create table "UserTasks" (id uuid primary key);
alter table "UserTasks" enable row level security;
