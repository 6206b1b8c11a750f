create table people (id bigint primary key, name text);
create table letters (
  id bigint primary key,
  author_id bigint references people,
  reader_id bigint constraint read_by references people,
  opened_by bigint unique references people
);
create table readers (letter_id bigint references letters, person_id bigint references people, primary key (letter_id, person_id));
create table tags (id bigint primary key);
create table letter_tags (letter_id bigint references letters, tag_id bigint references tags, primary key (letter_id, tag_id));
create table old_tags (letter_id bigint references letters, tag_id bigint references tags, primary key (letter_id, tag_id));
create view mail with (security_invoker = on) as select id, author_id, reader_id from letters;
alter table people enable row level security;
alter table letters enable row level security;
alter table readers enable row level security;
alter table tags enable row level security;
alter table letter_tags enable row level security;
alter table old_tags enable row level security;
