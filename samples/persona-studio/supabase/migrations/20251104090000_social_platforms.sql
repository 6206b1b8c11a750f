-- The networks that we can post to: a short list, the same for everybody.
create table public.social_platforms (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  name text not null,
  post_limit integer,
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);

insert into public.social_platforms (slug, name, post_limit) values
  ('reddit', 'Reddit', 40000),
  ('facebook', 'Facebook', 63206),
  ('instagram', 'Instagram', 2200),
  ('linkedin', 'LinkedIn', 3000);
