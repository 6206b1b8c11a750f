create schema api;
create table api.things (id uuid primary key); -- expect: FC301
