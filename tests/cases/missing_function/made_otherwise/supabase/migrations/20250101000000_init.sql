create function public.one() returns int language sql as 'select 1';
do $$
declare
  made text := pg_get_functiondef('public.one()'::regprocedure);
begin
  made := replace(made, 'FUNCTION public.one(', 'FUNCTION public.two(');
  execute made; -- expect: FC207
end $$;
