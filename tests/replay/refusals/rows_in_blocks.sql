create table org (id uuid primary key default gen_random_uuid(), name text not null, level text);
create table profile (id serial primary key, org_id uuid not null references org (id), note text);
insert into org (name, level) select * from (values ('a', null::text), ('b', 'x')) as v (name, level) where not exists (select 1 from org o where o.name = v.name);
do $$ declare o uuid; begin select id into o from org where name = 'c' limit 1; insert into profile (org_id) values (o); end $$;  -- 23502
do $$ declare o uuid; begin select id into o from org where name = 'a' limit 1; insert into profile (org_id) values (o); end $$;
do $$ declare o uuid; begin select id into o from org where level = 'y'; if not exists (select 1 from profile where note = 'n') then insert into profile (org_id, note) values (o, 'n'); end if; end $$;  -- 23502
do $$ declare o uuid; begin insert into profile (org_id) values (o); end $$;  -- 23502
do $$ declare o uuid; begin select id into o from org where name = 'c'; if o is null then insert into org (name) values ('c') returning id into o; end if; insert into profile (org_id) values (o); end $$;
do $$ declare o uuid; begin select id into o from org where name = 'd'; if o is not null then insert into profile (org_id) values (null); end if; end $$;
do $$ declare o uuid; begin select id into o from org where name = 'd'; if not found then insert into profile (org_id) values (null); end if; end $$;  -- 23502
do $$ declare o uuid; begin select id into o from org where name = 'd'; if found then insert into profile (org_id) values (null); end if; end $$;
do $$ declare o uuid := '00000000-0000-4000-8000-000000000001'; begin insert into profile (org_id) values (o); end $$;  -- 23503
do $$ declare o uuid; begin o := '00000000-0000-4000-8000-000000000001'; insert into profile (org_id) values (o); end $$;  -- 23503
do $$ declare o uuid; begin o := (select id from org where name = 'd'); insert into profile (org_id) values (o); end $$;  -- 23502
do $$ declare o uuid; begin select max(id::text)::uuid into o from org where name = 'a'; insert into profile (org_id) values (o); end $$;
do $$ begin if (select count(*) from profile where note = 'q') = 0 then insert into profile (org_id) values (null); end if; end $$;  -- 23502
do $$ begin if exists (select count(*) from profile where note = 'q') then insert into org (name) values ('e'); end if; end $$;
do $$ declare o uuid; begin select id into o from org where name = 'e'; insert into profile (org_id) values (o); end $$;
insert into org (id, name) select v.id::uuid, v.name from (values ('00000000-0000-4000-8000-000000000002', 'f')) as v (id, name);
insert into profile (org_id) values ('00000000-0000-4000-8000-000000000002');
insert into profile (org_id) values ((select id from org where name = 'f'));
do $$ declare o uuid; n int; begin select count(*) into n from org where name = 'd'; if n is null then insert into profile (org_id) values (null); end if; end $$;
do $$ declare o uuid; begin execute 'insert into org (name) values (''z'') returning id' into o; insert into profile (org_id) values (o); end $$;
do $$ declare o uuid; begin execute 'select id from org limit 1' into o; if o is null then insert into profile (org_id) values (null); end if; end $$;
do $$ declare o uuid; begin for o in select id from org loop insert into profile (org_id) values (o); end loop; end $$;
do $$ declare o text; begin foreach o in array string_to_array('a,b', ',') loop if o is null then insert into profile (org_id) values (null); end if; end loop; end $$;
