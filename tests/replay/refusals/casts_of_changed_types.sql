create type mood as enum ('a');
create type tone as enum ('b');
create table a (i int, b bigint, s smallint, n numeric, f real, o boolean, u uuid, jb jsonb, j json, d date, ts timestamp, tz timestamptz, t text, v varchar(9), m mood, arr text[], ident bigint generated always as identity, ser serial);
alter table a alter column b type uuid using b::uuid;  -- 42846
alter table a alter column b type uuid using (b)::uuid;  -- 42846
alter table a alter column b type uuid using cast(b as uuid);  -- 42846
alter table a alter column i type uuid using i::uuid;  -- 42846
alter table a alter column i type uuid using i::text::uuid;
alter table a alter column i type uuid using null;
alter table a alter column i type uuid using gen_random_uuid();
alter table a alter column s type uuid using "s"::"uuid";  -- 42846
alter table a alter column n type uuid using n::uuid;  -- 42846
alter table a alter column f type date using f::date;  -- 42846
alter table a alter column o type uuid using o::uuid;  -- 42846
alter table a alter column o type integer using o::integer;
alter table a alter column o type bigint using b::bigint;
alter table a alter column s type timestamptz using s::timestamptz;  -- 42846
alter table a alter column u type bigint using u::bigint;  -- 42846
alter table a alter column jb type uuid using jb::uuid;  -- 42846
alter table a alter column jb type date using jb::date;  -- 42846
alter table a alter column d type integer using d::integer;  -- 42846
alter table a alter column ts type bigint using ts::bigint;  -- 42846
alter table a alter column tz type boolean using tz::boolean;  -- 42846
alter table a alter column d type uuid using d::uuid;  -- 42846
alter table a alter column b type jsonb using b::jsonb;  -- 42846
alter table a alter column tz type jsonb using tz::jsonb;  -- 42846
alter table a alter column n type boolean using n::boolean;  -- 42846
alter table a alter column s type boolean using s::boolean;  -- 42846
alter table a alter column s type mood using s::mood;  -- 42846
alter table a alter column m type integer using m::integer;  -- 42846
alter table a alter column m type tone using m::tone;  -- 42846
alter table a alter column m type tone using m::text::tone;
alter table a alter column t type mood using t::mood;
alter table a alter column v type uuid using v::uuid;
alter table a alter column tz type date using tz::date;
alter table a alter column u type text using u::text;
alter table a alter column ident set default gen_random_uuid();  -- 42601
alter table a alter column ident set default 1;  -- 42601
alter table a alter column ident drop default;  -- 42601
alter table a alter column ser set default 1;
alter table a alter column arr type integer using arr::integer;  -- 42846
