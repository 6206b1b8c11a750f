create table deals (id bigint primary key, title text, colour text);
create table notes (id bigint primary key, deal_id bigint references deals);
alter table deals enable row level security; alter table notes enable row level security;
