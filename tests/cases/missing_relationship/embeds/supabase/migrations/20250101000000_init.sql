create schema private;
create table private.notes (id bigint primary key);
create table companies (id bigint primary key, name text);
create table people (id bigint primary key, name text, user_id uuid references auth.users, boss_id bigint references people);
create table deals (
  id bigint primary key, company bigint, person_id bigint references people, note_id bigint references private.notes
);
create table tags (id bigint primary key);
create table deal_tags (id bigint primary key, deal_id bigint references deals, tag_id bigint references tags);
create view deal_names with (security_invoker = on) as select id, upper('x') as title from deals;
alter table companies enable row level security;
alter table people enable row level security;
alter table deals enable row level security;
alter table tags enable row level security;
alter table deal_tags enable row level security;
