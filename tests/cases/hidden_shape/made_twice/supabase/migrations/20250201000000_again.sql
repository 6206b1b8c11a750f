create table if not exists deals (id uuid primary key, name text, amount numeric); -- expect: FC208
create table if not exists public.deals (id uuid primary key, closed_at date, owner_id uuid); -- expect: FC208
create table if not exists parties (id uuid primary key, kind text); -- expect: FC208
create table if not exists parties (id bigint primary key, kind text[]); -- expect: FC208
do $$ begin create table if not exists deals (stage text); end $$; -- expect: FC208

-- Silent: the same in other words, a part of it, made good since, gone since, the table made here.
create table if not exists same (id uuid primary key, n int4 not null default 1, at timestamp with time zone default now());
create table if not exists grown (id uuid primary key);
create table if not exists late (id uuid primary key, note text);
alter table late add column if not exists note text;
create table if not exists shrunk (id uuid primary key, gone text);
alter table shrunk drop column gone;
create table if not exists fresh (id uuid primary key, anything text);
alter table fresh enable row level security;
