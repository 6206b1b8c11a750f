create table campaigns (id uuid primary key, mood mood); -- expect: FC202 FC301
create type mood as enum ('sad', 'ok');
