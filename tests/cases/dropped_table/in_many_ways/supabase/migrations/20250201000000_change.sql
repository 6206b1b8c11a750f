-- A view goes with its table.
drop table letters cascade;
drop view recent_books;
-- Renamed twice: both names are gone.
alter table notes rename to memos;
alter table memos rename to remarks;
do $$
begin
  if exists (select 1 from pg_tables where schemaname = 'public' and tablename = 'drafts') then
    drop table drafts;
  end if;
end $$;
drop schema crm cascade;
drop table if exists never_there;
-- Taken back, so it is there.
begin;
drop table kept;
rollback;
-- Dropped and made anew.
alter table books drop constraint books_author_id_fkey;
drop table authors;
create table authors (id uuid primary key, name text);
alter table authors enable row level security;
alter table books enable row level security;
alter table remarks enable row level security;
alter table kept enable row level security;
create policy "signed in" on authors for select to authenticated using (true);
create policy "signed in" on books for select to authenticated using (true);
create policy "signed in" on remarks for select to authenticated using (true);
create policy "signed in" on kept for select to authenticated using (true);
