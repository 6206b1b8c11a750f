create extension if not exists postgis with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists cube with schema extensions;
create extension if not exists earthdistance with schema extensions;
create table venues (
  id uuid primary key default extensions.uuid_generate_v4(),
  place geography(Point, 4326),
  outline extensions.geometry,
  far earth
);
alter table venues enable row level security;
create policy "everyone reads" on venues for select using (true);
create index venues_place_idx on venues using gist (place);
create function nearby(lat float, lng float) returns setof venues language sql stable as $$
  select * from public.venues order by place <-> extensions.st_point(lng, lat)::extensions.geography
$$;
