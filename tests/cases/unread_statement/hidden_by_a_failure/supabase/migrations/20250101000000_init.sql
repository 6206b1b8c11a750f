alter table notes add column title text; -- expect: FC201
do $$
declare each record;
begin
  alter table notes add column body text; -- expect: FC201
  for each in select oid from pg_am where amname like current_setting('x') loop -- expect: FC207
    execute 'alter table notes add column ' || quote_ident(each.oid::text) || ' int';
  end loop;
end $$;
