create table notes (id uuid primary key, title text);
alter table notes enable row level security;
create table pages (id uuid primary key, book_id uuid references books (id)); -- expect: FC201
alter table pages enable row level security;
-- What is done to rows changes no shape.
update notes set body = title; -- expect: FC201
