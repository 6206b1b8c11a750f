create extension if not exists vector with schema extensions;
create table documents (
  id bigint generated always as identity primary key,
  owner uuid references auth.users (id) on delete cascade,
  embedding extensions.vector(384),
  also vector(384),
  folder text references storage.buckets
);
alter table documents enable row level security;
create function public.on_signup() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger on_signup after insert on auth.users for each row execute function public.on_signup();
