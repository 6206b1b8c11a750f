create table a (id bigint primary key, name text not null, email text unique, n int, at timestamptz);
create index on a (name);
create index on a (name);
create index on a ((name));
create unique index on a (lower(name), email);
create index on a (lower(name));
create index on a (coalesce(name, email));
create index on a ((name || email));
create index on a ((name || email), (n + 1), (n - 1));
create index on a ((name || email), (id));
create index on a ((n::text));
create index on a ((lower(name)));
create index on a ((lower(name) || 'x'), lower(email));
create index on a (id) include (name, email);
create index on a (date_trunc('day', at at time zone 'utc'));
create index on a ((case when n > 1 then 1 else 2 end));
create index on a (extensions.digest(name, 'sha1'));
create index on a ((at at time zone 'utc'));
create index on a ((extract(year from at at time zone 'utc')));
create index on a (cast(n as text));
create index on a ((name collate "C"));
create index on a ((n is null));
create index on a (lower(name), lower(email));
create index on a (n, n);
create index on a using btree (email desc nulls last) where name is not null;
create index on a ((array[n]));
create index on a (greatest(n, 1));
create index on a (nullif(n, 1));
create index on a (to_tsvector('english', name));
create index on a (trim(name));
create index on a (substring(name from 1 for 2));
create index on a (position('a' in name));
create index on a ((a.name));
create index on a ((a.id + 1));
create unique index on a (id) nulls not distinct;
create index on a (missing);  -- 42703
create index on a (lower(missing));  -- 42703
create index on a ((missing + 1));  -- 42703
create index on a (n) where missing > 1;  -- 42703
create index on a (n) include (missing);  -- 42703
create index on missing (a);  -- 42P01
create index a_name_idx on missing (a);  -- 42P01
create index a_name_idx on a (missing);  -- 42703
create index a_name_idx on a (n);  -- 42P07
create index if not exists a_name_idx on a (missing);  -- 42703
create index if not exists a_name_idx on missing (n);  -- 42P01
create index on a_pkey (n);  -- 42809
create view v as select id from a;
create index on v (id);  -- 42809
alter table a add unique (n) include (name);
alter table a add unique (name, email);
alter table a add exclude using btree (name with =);
alter table a add constraint x exclude using btree (lower(name) with =, n with =);
alter table a add exclude using btree (lower(name) with =, n with =);
alter table a add exclude using btree ((n + 1) with =, n with =);
