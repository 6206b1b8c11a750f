create table deals (id bigint primary key, title text);
create table old_deals (id bigint primary key);
create table gone (id bigint primary key);
alter table deals enable row level security;
alter table old_deals enable row level security;
alter table gone enable row level security;

create function never_made() returns void language plpgsql as $$
begin
  insert into no_such_table (id) values (1); -- expect: FC206
end $$;

create function was_renamed() returns setof bigint language plpgsql as $$
begin
  return query select id from old_deals; -- expect: FC206
end $$;

create function was_dropped() returns void language plpgsql as $$
declare n bigint;
begin
  if exists (select 1 from gone where id = 1) then -- expect: FC206
    raise notice 'there';
  end if;
end $$;

create function no_path() returns bigint language plpgsql set search_path = '' as $$
begin
  return (select count(*) from deals); -- expect: FC206
end $$;

create function in_a_loop() returns void language plpgsql as $$
declare r record;
begin
  for r in select id from public.not_there loop -- expect: FC206
    update deals set title = '' where id = r.id;
  end loop;
end $$;

create function silent() returns trigger language plpgsql set search_path = '' as $$
declare r record; n int; made text := 'select 1 from nothing';
begin
  with chosen as (select id from public.deals), more (id) as materialized (select id from chosen)
  update public.deals d set title = '' from chosen where chosen.id = d.id;
  create temp table scratch (id int);
  insert into scratch select id from public.deals;
  for r in select * from unnest(array[1, 2]) as t(x) loop
    n := extract(epoch from now());
  end loop;
  select count(*) into n from new_rows;
  delete from public.deals using pg_catalog.pg_class c where c.relname = trim(both from 'x');
  return new;
end $$;

create function dynamic() returns void language plpgsql as $$
begin
  execute format('create table %I (id int)', 'made_later');
  insert into made_later values (1);
end $$;
