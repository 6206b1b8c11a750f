do $$
begin
  if to_regclass('public.settings') is null then
    create table public.settings (key text primary key); -- expect: FC502
  end if;
  create table if not exists public.flags (key text primary key);
exception when others then
  create table public.errors (message text);
end;
$$;

create table if not exists public.labels (
  key text primary key
)
create table if not exists public.colours (key text primary key);
