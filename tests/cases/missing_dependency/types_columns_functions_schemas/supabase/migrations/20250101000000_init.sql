create table notes ( -- expect: FC301
  id uuid primary key,
  mood public.mood -- expect: FC201
);
create table tasks (id uuid primary key);
alter table tasks enable row level security;
alter table tasks drop column titel; -- expect: FC201
create trigger touch before update on tasks
  for each row execute function touch_it(); -- expect: FC201
create table private.secrets (id int); -- expect: FC201
create view open_tasks as
  select t.id, t.done from tasks t; -- expect: FC201
