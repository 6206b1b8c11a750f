-- A dump empties the search path first, and an extension goes where it says.
select pg_catalog.set_config('search_path', '', false);
create extension if not exists "pg_cron" with schema "pg_catalog";
create extension if not exists "pg_jsonschema" with schema "extensions";
select cron.schedule('nightly', '0 3 * * *', 'select 1');
create table public.settings (id int, value jsonb check (extensions.jsonb_matches_schema('{"type": "object"}', value)));
create table settings (id int);  -- 3F000
