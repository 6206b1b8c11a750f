create extension vector with schema extensions;
create type mood as enum ('sad', 'ok');
create table t (id int primary key, a text, j json, b jsonb, u uuid, tags text[], p point, m mood, e vector(1536), long vector(3072), any_ vector, s tsvector);
create index on t using gin (a);  -- 42704
create index on t using gin (u, tags);  -- 42704
create index on t using gin (tags);
create index on t using gin (b);
create index on t using gin (b jsonb_path_ops);
create index on t using gin (s);
create index on t using gin (m);  -- 42704
create index on t using gist (a);  -- 42704
create index on t using gist (p);
create index on t using gist (b);  -- 42704
create index on t (j);  -- 42704
create index on t (p);  -- 42704
create index on t using hash (j);  -- 42704
create index on t using hash (a);
create index on t (tags);
create index on t (m);
alter table t add unique (j);  -- 42704
create table k (j json primary key);  -- 42704
create index on t using hnsw (e);  -- 42704
create index on t using hnsw (e vector_l2_ops);
create index on t using ivfflat (e);
create index on t using hnsw (long vector_cosine_ops);  -- 54000
create index if not exists t_pkey on t using hnsw (long vector_cosine_ops);
create index on t using ivfflat (any_ vector_l2_ops);  -- 22023
create index on t using gin (a extensions.gin_trgm_ops);  -- 42704
create index on t using gist (lower(a) gist_trgm_ops);  -- 42704
create extension pg_trgm with schema extensions;
create index on t using gin (a gin_trgm_ops, lower(a) extensions.gin_trgm_ops);
create extension btree_gin with schema extensions;
create extension btree_gist with schema extensions;
create index on t using gin (a, u);
create index on t using gist (a, u);
create index on t using gist (b);  -- 42704
