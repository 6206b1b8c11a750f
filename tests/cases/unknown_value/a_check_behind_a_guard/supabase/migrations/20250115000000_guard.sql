-- A guard that asks for a check by its name is answered.
do $$
begin
  if not exists (select 1 from information_schema.check_constraints where constraint_name = 'known_stages') then
    alter table deals add constraint known_stages check (stage in ('open', 'won'));
  end if;
end $$;
