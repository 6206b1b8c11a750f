-- Replies and mentions that came in, to be answered by a persona.
create table public.engagement_items (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  persona_id uuid not null,
  platform_id uuid not null references public.social_platforms (id),
  author_handle text not null,
  body text not null,
  answered_at timestamptz,
  received_at timestamptz not null default now()
);

alter table public.engagement_items
  add constraint engagement_items_persona_id_fkey
  foreign key (persona_id) references public.personas (id) on delete cascade;

create index engagement_items_open_idx
  on public.engagement_items (user_id, received_at) where answered_at is null;

alter table public.engagement_items enable row level security;

create policy "Engagement belongs to its user"
  on public.engagement_items for all
  using (auth.uid() = user_id) with check (auth.uid() = user_id);
