create type stage as enum ('open', 'won');
create type mood as enum ('glad', 'sad');
create table deals (id bigint primary key, stage stage, mood mood);
alter table deals enable row level security;
create policy "all" on deals for select using (true);
