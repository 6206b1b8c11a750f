create table rooms (id bigint primary key, topic text);
create table messages (id bigint primary key, room_id bigint);
create table drafts (id bigint primary key);
alter table rooms enable row level security;
alter table messages enable row level security;
alter table drafts enable row level security;
create view open_rooms with (security_invoker = on) as select id, topic from rooms;
alter publication supabase_realtime add table rooms, drafts;
alter publication supabase_realtime drop table drafts;
