create table notes (
  id bigint primary key,
  title text,
); -- expect: FC207

-- The `;` is missing: what comes next is part of the same statement.
create table tags (id bigint primary key)

create or replace function public.tag_note(note bigint) returns void language sql as 'select 1'; -- expect: FC207
