create table tasks (id uuid primary key); -- expect: FC204
