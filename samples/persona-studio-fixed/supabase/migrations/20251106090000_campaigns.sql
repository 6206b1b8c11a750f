-- A campaign is what one persona wants to say over some weeks.
create type public.campaign_status as enum ('draft', 'active', 'paused', 'finished');

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  persona_id uuid not null references public.personas (id) on delete cascade,
  title text not null,
  brief text,
  status public.campaign_status not null default 'draft',
  starts_on date,
  ends_on date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index campaigns_persona_id_idx on public.campaigns (persona_id);

alter table public.campaigns enable row level security;

create policy "Campaigns belong to their user"
  on public.campaigns for all
  using (auth.uid() = user_id) with check (auth.uid() = user_id);

create trigger campaigns_set_updated_at
  before update on public.campaigns
  for each row execute function public.set_updated_at();
