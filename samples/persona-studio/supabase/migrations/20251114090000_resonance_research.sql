-- What resonates with whom: a study, the personas that take part, and its tasks.
create table public.resonance_research (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  question text not null,
  summary text,
  created_at timestamptz not null default now()
);

alter table public.resonance_research enable row level security;

create policy "Research belongs to its user"
  on public.resonance_research for all
  using (auth.uid() = user_id) with check (auth.uid() = user_id);

create table public.resonance_research_personas (
  research_id uuid not null references public.resonance_research (id) on delete cascade,
  persona_id uuid not null references public.personas (id) on delete cascade,
  primary key (research_id, persona_id)
);

alter table public.resonance_research_personas enable row level security;

create policy "Participants follow their research"
  on public.resonance_research_personas for all
  using (exists (
    select 1 from public.resonance_research r
    where r.id = research_id and r.user_id = auth.uid()
  ));

create table public.research_tasks (
  id uuid primary key default gen_random_uuid(),
  research_id uuid not null references public.resonance_research (id) on delete cascade,
  title text not null,
  done boolean not null default false,
  created_at timestamptz not null default now()
);

alter table public.research_tasks enable row level security;

create policy "Tasks follow their research"
  on public.research_tasks for all
  using (exists (
    select 1 from public.resonance_research r
    where r.id = research_id and r.user_id = auth.uid()
  ));
