-- What is kept while a social account is being connected.
create table public.social_oauth_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  persona_id uuid references public.personas (id) on delete cascade,
  platform_id uuid not null references public.social_platforms (id),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

alter table public.social_oauth_sessions enable row level security;

create policy "OAuth sessions belong to their user"
  on public.social_oauth_sessions for all using (auth.uid() = user_id);

create table public.oauth_states (
  state text primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  persona_id uuid references public.personas (id) on delete cascade,
  code_verifier text not null,
  created_at timestamptz not null default now()
);

alter table public.oauth_states enable row level security;

create policy "OAuth states belong to their user"
  on public.oauth_states for all using (auth.uid() = user_id);
