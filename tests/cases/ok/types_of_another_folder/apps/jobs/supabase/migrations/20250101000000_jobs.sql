create table jobs (id bigint primary key);
alter table jobs enable row level security;
create policy "everyone signed in" on jobs for select to authenticated using (true);
