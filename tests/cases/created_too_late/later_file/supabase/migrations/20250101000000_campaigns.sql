create table campaigns (id uuid primary key, persona uuid references personas (id)); -- expect: FC202
alter table campaigns enable row level security;
