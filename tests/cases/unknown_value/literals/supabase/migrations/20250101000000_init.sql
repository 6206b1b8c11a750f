create type stage as enum ('open', 'won');
alter type stage add value 'lost';
create table deals (
  id bigint primary key,
  stage stage not null default 'open',
  stages stage[],
  size text check (size in ('small', 'large')),
  colour varchar(10) check (colour = any (array['red'::text, 'blue'::text]) or colour is null),
  price numeric check (price > 0)
);
alter table deals enable row level security;
