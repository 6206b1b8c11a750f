create function count_made() returns int language plpgsql set search_path = public as $$
begin
  return (select count(*) from made_by_hand) + (select count(*) from only_typed);
end $$;
create function count_nothing() returns int language plpgsql set search_path = public as $$
begin
  return (select count(*) from nothing); -- expect: FC206
end $$;
