-- In an expression on one table, that table is the only one that a column can be of: old and new belong to triggers.
create table staff (id uuid primary key, tenant text, role text, "Mixed" text, info jsonb);
create policy a on staff for update using (staff.tenant = 'x' and public.staff.role = 'x' and STAFF.role = "staff"."Mixed");
create policy b on staff for update using (true) with check (old.role = new.role);  -- 42P01
create policy c on staff for update using (id = auth.uid()) with check (id = auth.uid() and OLD.role = NEW.role);  -- 42P01
create policy d on staff for update using (staff.missing = 'x');  -- 42703
create policy e on staff for update using (pg_catalog.lower(staff.tenant) = 'x' and role::pg_catalog.text = 'x');
create policy f on staff for update using (tenant collate pg_catalog."C" = 'x' and role operator(pg_catalog.=) 'x');
create policy g on staff for update using (staff.* is not null and (staff).role = 'x' and staff.info ->> 'a' = 'x');
create policy h on staff for update using (exists (select 1 from staff s where staff.id = s.id and s.role = staff.role));
create policy i on staff for update using (exists (select 1 from staff s where old.id = s.id));  -- 42P01
alter policy a on staff using (new.role = 'x');  -- 42P01
alter table staff add check (staff.role <> 'x' or pg_catalog.length(staff.tenant) > 3);
alter table staff add check (tenants.role <> 'x');  -- 42P01
create index on staff (lower(staff.role)) where staff.role is not null;
create index on staff (role) where tenants.id is null;  -- 42P01
create table counts (a int check (counts.a > 1), b int generated always as (counts.a + 1) stored);
create table sums (a int, b int generated always as (counts.a + 1) stored);  -- 42P01

-- A function of the row stands behind the table, too.
create function initials(staff) returns text language sql immutable as $$ select left($1.tenant, 1) $$;
create policy j on staff for update using (staff.initials = 'x');
create view initials_of as select staff.initials from staff join staff s on s.initials = staff.role;
alter table staff add check (staff.initials <> 'y');
