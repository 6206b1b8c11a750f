create table deals (id uuid primary key, owner_id uuid);
create table contacts (id uuid primary key, deal_id uuid references deals (id));
create table people (id uuid primary key);
alter table deals add constraint deals_owner_id_fkey foreign key (owner_id) references people (id);
create table events (id uuid primary key);
alter publication supabase_realtime add table events;
create table kinds (id uuid primary key);
create table in_a_view (id uuid primary key);
create view shown with (security_invoker = on) as select id from in_a_view;
create table in_a_function (id uuid primary key);
create function fill() returns void language sql as 'insert into public.in_a_function values (gen_random_uuid())';
create table in_a_policy (id uuid primary key);
create table pointed_at (id uuid primary key);
alter table deals add column pointer uuid references pointed_at (id);
create schema private;
create table private.kept (id uuid primary key);

create table old_deals (id uuid primary key); -- expect: FC501
create table itself (id uuid primary key, parent_id uuid references itself (id)); -- expect: FC501
create table pointing (id uuid primary key, deal_id uuid references deals (id)); -- expect: FC501
create table guarded (id uuid primary key, user_id uuid); -- expect: FC501
create policy "own" on guarded for select using (user_id = (select auth.uid()));
create table renamed (id uuid primary key); -- expect: FC501
alter table renamed rename to renamed_since;

do $$
declare t text;
begin
  foreach t in array array['deals', 'contacts', 'people', 'events', 'kinds', 'in_a_view', 'in_a_function', 'in_a_policy',
    'pointed_at', 'old_deals', 'itself', 'pointing', 'guarded', 'renamed_since'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy "read" on %I for select using (true)', t);
  end loop;
end $$;
create policy "by another" on deals for select using (exists (select 1 from in_a_policy p where p.id = deals.id));
