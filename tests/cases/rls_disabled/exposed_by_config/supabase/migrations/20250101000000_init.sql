create schema api;
create table api.things (id uuid primary key); -- expect: FC301
grant select on api.things to anon;
create table api.kept_back (id uuid primary key);
