create table public.profiles (id uuid primary key, mood public.mood);  -- expect: FC201 FC301
create table public.campaigns (id uuid primary key, persona_id uuid references public.personas (id));  -- expect: FC201 FC301
create table public.posts (id uuid primary key);
alter table public.posts enable row level security;
create type public.priority as enum ('low', 'high');
create view public.busy with (security_invoker = on) as select id from public.posts;
create table public.drafts (id uuid primary key);
drop table public.drafts;
