create table deals (id uuid primary key, owner_id uuid);
alter table deals enable row level security;
create policy "own" on deals for select using (owner_id = (select auth.uid()));
create function hand_over(p_deal uuid, p_to uuid) returns void as $ -- expect: FC207
declare
  found uuid;
begin
  if p_to is null then
    raise exception 'nobody';
  end if;
  update deals set owner_id = p_to where id = p_deal;
end;
$ language plpgsql security definer set search_path = public;
do $ -- expect: FC207
begin
  perform 1;
end;
$;
create function of_dollars(a text default '$') returns text language sql as $$ select a || '$' $$;
create table offers (id uuid primary key, deal_id uuid references deals (id)); -- expect: FC301
-- a dollar alone swallows nothing
create function nothing() returns void language sql as $; -- expect: FC207
create table bids (id uuid primary key, offer_id uuid references offers (id)); -- expect: FC301
