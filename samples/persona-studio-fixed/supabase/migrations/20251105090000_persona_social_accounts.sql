-- Which persona speaks where, and under which handle.
create table public.persona_social_accounts (
  id uuid primary key default gen_random_uuid(),
  persona_id uuid not null references public.personas (id) on delete cascade,
  platform_id uuid not null references public.social_platforms (id),
  account_handle text not null,
  access_token_ref text,
  connected_at timestamptz not null default now(),
  unique (persona_id, platform_id, account_handle)
);

alter table public.persona_social_accounts enable row level security;

create policy "Accounts follow their persona"
  on public.persona_social_accounts for all
  using (exists (
    select 1 from public.personas p
    where p.id = persona_id and p.user_id = auth.uid()
  ));
