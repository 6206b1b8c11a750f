create table notes (id uuid primary key, owner uuid);
alter table notes enable row level security;
create table tags (note uuid references notes (owner)); -- expect: FC207
create table marks (note integer references notes (id)); -- expect: FC207
alter table notes add primary key (owner); -- expect: FC207
