create table firms (id int primary key, name text);
alter table firms enable row level security;
create policy "read" on firms for select using (true);
create type seat as (firm_id int, title text);
create type session as (who text, seat seat);
create function current_session() returns session language sql as 'select null::session';

create view my_firm with (security_invoker = on) as
with held as (select (current_session()).seat.*)
select firms.id, firms.name, held.title from held join firms on firms.id = held.firm_id;

create view my_session with (security_invoker = on) as
with now as (select (current_session()).*)
select now.who, (now.seat).title from now;

create view all_of_it with (security_invoker = on) as select (f).* from (select firms as f from firms) each;
