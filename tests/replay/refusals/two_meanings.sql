create table note (id serial primary key, body text);
create function shown() returns int language sql as $$ select 1 $$;
alter function if exists shown() set search_path = public;  -- 42601
alter function if exists public.shown() security definer;  -- 42601
alter function shown() immutable parallel safe;
insert into note (body) values ('it's Ann's');  -- 42601
insert into note (body) values ('it''s Ann''s'), ('a' collate "C"), (interval '1' hour), (time '10:00' at time zone 'UTC'), ((select 'a' b));
do $$ begin if current_setting('server_version_num')::int > 0 then return; end if; insert into missing (a) values (1); end $$;
do $$ begin if current_setting('server_version_num')::int < 0 then return; end if; end $$;
