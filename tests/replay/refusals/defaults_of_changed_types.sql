-- USING makes the rows what they are to be, and leaves the default: it has to become one of the new type by itself.
create type mood as enum ('sad', 'ok');
create type mode as enum ('on', 'off');
create type pair as (a int, b text);
create table a (
  s text default 'ok', s2 text default 'ok', s3 text, s4 text default null, s5 text not null default ('ok'),
  s6 varchar(9) default 'ok'::character varying, s7 text default 'ok'::text, s8 text default ('o' || 'k'),
  n text default '1', j text default '{}', b boolean default false, m mood default 'ok', m2 mood default 'ok'::mood,
  m3 public.mood default 'ok'::"public"."mood", i int default 0, js json default '{}', p pair, t text[] default '{}',
  d text default now(), u uuid default gen_random_uuid(), e text default 'ok', f text default 'ok', g text default '2020-01-01'
);
alter table a alter column s type mood using s::mood;  -- 42804
alter table a alter column s drop default, alter column s type mood using s::mood, alter column s set default 'ok';
alter table a alter s2 set default 'sad', alter s2 type mood using s2::mood;  -- 42804
alter table a alter s2 type mood using s2::mood, alter s2 drop default;
alter table a alter s3 type mood using s3::mood;
alter table a alter s4 type mood using s4::mood;
alter table a alter s5 type mood using s5::mood;  -- 42804
alter table a alter s6 type mood using s6::text::mood;  -- 42804
alter table a alter s6 type text;
alter table a alter s7 type mood using s7::mood;  -- 42804
alter table a alter n type int using n::int;  -- 42804
alter table a alter n type pair using null;  -- 42804
alter table a alter j type jsonb using j::jsonb;  -- 42804
alter table a alter b type int using b::int;  -- 42804
alter table a alter b type text using b::text;
alter table a alter m type mode using 'on';  -- 42804
alter table a alter m type text;
alter table a alter m type mood using m::mood;
alter table a alter m2 type mode using 'on';  -- 42804
alter table a alter m2 type mode;  -- 42804
alter table a alter m3 type mode using 'on';  -- 42804
alter table a alter i type bigint using i;
alter table a alter js type jsonb using js::jsonb;
alter table a alter d type timestamptz using d::timestamptz;
alter table a alter u type text using u::text;
alter table a alter e type varchar(9);
alter table a alter f type name using f;
alter table a alter g type date using g::date;  -- 42804
alter table a alter g set default null, alter g type date using g::date;  -- 42804
alter table a alter g set default null;
alter table a alter g type date using g::date;
do $$ begin
  alter table a alter s7 type mood using s7::mood;
exception when others then
  null;
end $$;
