create table rooms (id uuid primary key, house_id uuid references houses (id)); -- expect: FC201 FC301
create function first_room() returns setof rooms language sql as 'select * from public.rooms';
create function first_house() returns houses language sql as 'select * from public.houses'; -- expect: FC201
create function first_garden() returns setof gardens language sql as 'select * from public.gardens'; -- expect: FC202
create table gardens (id uuid primary key);
alter table gardens enable row level security;
