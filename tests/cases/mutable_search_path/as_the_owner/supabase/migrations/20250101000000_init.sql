create function one() returns int language sql security definer as 'select 1'; -- expect: FC306
create function two() returns int language plpgsql security definer as $$ begin return 1; end $$; -- expect: FC306
create function three() returns int language sql security definer set statement_timeout = '1s' as 'select 1'; -- expect: FC306
create function four() returns int language sql as 'select 1'; -- expect: FC306
alter function four() security definer;
create schema private;
create function private.five() returns int language sql security definer as 'select 1'; -- expect: FC306

-- Silent: a path of its own, given since, as the caller.
create function path() returns int language sql security definer set search_path = '' as 'select 1';
create function path_to_public() returns int language sql security definer set search_path to public, pg_temp as 'select 1';
create function path_since() returns int language sql security definer as 'select 1';
alter function path_since() set search_path = public;
create function as_caller() returns int language sql as 'select 1';
create function as_caller_since() returns int language sql security definer as 'select 1';
alter function as_caller_since() security invoker;
