create view a as select schemaname, tablename, indexname from pg_stat_user_indexes;  -- 42703
create view a as select schemaname, relname, indexrelname, idx_scan from pg_stat_user_indexes;
select policyname, permname from pg_policies where tablename = 'x';  -- 42703
select p.policyname, p.cmd, p.qual from pg_catalog.pg_policies p join pg_tables t using (schemaname, tablename);
create view b as select * from pg_tables;
create view c as select tablename, rowsecurity, other from b;  -- 42703
