create table campaigns (
  id uuid primary key,
  persona_id uuid references personas (id) -- expect: FC201
);
create table accounts ( -- expect: FC301
  id uuid primary key,
  foreign key (id) references public.personas -- expect: FC201
);
alter table campaigns enable row level security;
