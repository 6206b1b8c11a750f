create table deal (id int primary key);
create table note (id int primary key);
create function add_owner(of_table text) returns void language plpgsql as $$ begin if not exists (select 1 from information_schema.columns where table_schema = 'public' and table_name = of_table and column_name = 'owner') then execute format('alter table public.%I add column owner uuid', of_table); end if; end $$;
select add_owner('deal');
select add_owner('deal');
create index deal_owner on deal (owner);
create index note_owner on note (owner);  -- 42703
do $$ declare t text; begin foreach t in array array['note'] loop perform add_owner(t); end loop; end $$;
create index note_owner on note (owner);
select add_owner('missing');  -- 42P01
create procedure drop_owner(of_table text) language plpgsql as $$ begin execute format('alter table public.%I drop column owner', of_table); end $$;
call drop_owner('deal'::text);
create index deal_owner_again on deal (owner);  -- 42703
call drop_owner('deal');  -- 42703
create function count_deals() returns bigint language sql as 'select count(*) from deal';
select count_deals();
create function make(of_name text) returns void language plpgsql set search_path = public as $$ begin execute 'create table ' || quote_ident(of_name) || ' (id int)'; end $$;
select make('made'), make('made too');
insert into made values (1);
insert into "made too" values (1);
select make('made');  -- 42P07
