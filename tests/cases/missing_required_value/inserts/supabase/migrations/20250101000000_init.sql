create domain label as text not null default 'none';
create table deals (
  id bigint generated always as identity primary key,
  title text not null,
  stage text not null,
  colour label,
  rank int not null default 0,
  note text,
  slug text generated always as (lower(title)) stored not null
);
create table tasks (id bigint primary key, owner_id uuid not null, label text not null, made_at timestamptz not null default now());
create table plain (id serial primary key, name text not null);
alter table deals enable row level security;
alter table tasks enable row level security;
alter table plain enable row level security;
create function set_owner() returns trigger language plpgsql as $$ begin new.owner_id := auth.uid(); return new; end $$;
create trigger fill before insert on tasks for each row execute function set_owner();
create trigger later after insert on plain for each row execute function set_owner();
