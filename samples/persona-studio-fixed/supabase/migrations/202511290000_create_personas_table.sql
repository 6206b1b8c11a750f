-- The table that everything else points at.
create table public.personas (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  agent_id uuid,
  name text not null,
  bio text,
  voice text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index personas_user_id_idx on public.personas (user_id);

alter table public.personas enable row level security;

create policy "Personas are readable by their user"
  on public.personas for select using (auth.uid() = user_id);

create policy "Personas are created by their user"
  on public.personas for insert with check (auth.uid() = user_id);

create policy "Personas are changed by their user"
  on public.personas for update using (auth.uid() = user_id) with check (auth.uid() = user_id);

create policy "Personas are deleted by their user"
  on public.personas for delete using (auth.uid() = user_id);

create trigger personas_set_updated_at
  before update on public.personas
  for each row execute function public.set_updated_at();
