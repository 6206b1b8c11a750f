-- What a campaign publishes, and the jobs that write it.
create table public.campaign_posts (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  platform_id uuid not null references public.social_platforms (id),
  body text not null,
  media_path text,
  scheduled_for timestamptz,
  published_at timestamptz,
  created_at timestamptz not null default now()
);

alter table public.campaign_posts enable row level security;

create policy "Posts follow their campaign"
  on public.campaign_posts for all
  using (exists (
    select 1 from public.campaigns c
    where c.id = campaign_id and c.user_id = auth.uid()
  ));

create table public.campaign_generation_jobs (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);

alter table public.campaign_generation_jobs enable row level security;

create policy "Jobs follow their campaign"
  on public.campaign_generation_jobs for select
  using (exists (
    select 1 from public.campaigns c
    where c.id = campaign_id and c.user_id = auth.uid()
  ));
