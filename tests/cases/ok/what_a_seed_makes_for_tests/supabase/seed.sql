insert into notes (id) values (1), (2);
create or replace function public.reset_notes() returns void language sql as 'delete from public.notes';
create table if not exists public.seed_runs (at timestamptz);
