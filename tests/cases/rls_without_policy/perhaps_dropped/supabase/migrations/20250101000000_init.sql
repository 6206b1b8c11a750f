create table drafts (id uuid primary key);
alter table drafts enable row level security;
create table letters (id uuid primary key); -- expect: FC302
alter table letters enable row level security;
-- What is in the table decides, and that is not in the migrations.
insert into drafts select gen_random_uuid() from generate_series(1, extract(day from now())::int - 1);
do $$ begin
  if not exists (select 1 from public.drafts) then drop table public.drafts; end if; -- expect: FC207
end $$;
