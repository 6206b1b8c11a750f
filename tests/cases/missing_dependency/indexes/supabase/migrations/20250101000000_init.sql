create table notes (id bigint primary key, body text);
alter table notes enable row level security;
create policy "signed-in users read" on notes for select to authenticated using (true);
create index concurrently notes_body_idx on notes (body); -- expect: FC207
-- It is not there for want of the one above, which is told.
comment on index notes_body_idx is 'for the search';
alter index notes_body_idx rename to notes_text_idx;
comment on index notes_title_idx is 'nobody makes it'; -- expect: FC201
