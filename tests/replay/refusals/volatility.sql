create type mood as enum ('sad', 'ok');
create table t (id int primary key, a text, at timestamptz, plain timestamp, d date, m mood, b jsonb, until date);
create index on t (id) where at > now();  -- 42P17
create index on t (id) where until is null or until >= current_date;  -- 42P17
create index i on t (id) where at > '2020-01-01';
create index i on t (id) where at > now();  -- 42P17
create index if not exists i on t (id) where at > now();  -- 42P17
create index on t ((at::date));  -- 42P17
create index on t ((plain::date));
create index on t (date(at));  -- 42P17
create index on t (date(plain));
create index on t (date_trunc('day', at));  -- 42P17
create index on t (date_trunc('day', plain));
create index on t (date_trunc('day', at at time zone 'UTC'));
create index on t (extract(year from at));  -- 42P17
create index on t (extract(year from d));
create index on t ((m::text));  -- 42P17
create index on t (id) where m = 'ok';
create index on t ((at::timestamp));  -- 42P17
create index on t ((a::date));  -- 42P17
create index on t (((b ->> 'at')::timestamptz));  -- 42P17
create index on t (((b ->> 'n')::int));
create index on t (to_char(d, 'YYYY'));  -- 42P17
create index on t (concat(a, a));  -- 42P17
create index on t ((a || a));
create index on t (lower(a), (coalesce(a, '')));
create function p(x text) returns text language plpgsql as $$ begin return x; end $$;
create function q(x text) returns text language sql as $$ select x $$;
create function r(x text) returns text language plpgsql immutable as $$ begin return x; end $$;
create index on t (p(a));  -- 42P17
create index on t (q(a));
create index on t (r(a));
create index on t (id) where auth.uid() is not null;  -- 42P17
alter function p(text) immutable strict;
create index on t (p(a));
alter function r(text) volatile;
create index on t (r(a));  -- 42P17
create table g (id int, n timestamptz generated always as (now()) stored);  -- 42P17
alter table t add column day date generated always as (at::date) stored;  -- 42P17
alter table t add column day date generated always as ((at at time zone 'UTC')::date) stored;
alter table t add column label text generated always as (concat(a, '-', id)) stored;  -- 42P17
alter table t add column label text generated always as (a || '-' || id) stored;
create index on t (id) where "user" = 'x';  -- 42703
create function now(x int) returns int language sql immutable as $$ select x $$;
create index on t (now(id));
