-- A literal that is the default has to be a value of the column's type; what an expression gives is known when it runs.
create type mood as enum ('sad', 'ok');
create table a (m mood default 'gone');  -- 22P02
create table a (m mood default ('gone'));  -- 22P02
create table a (m mood default 'gone'::mood);  -- 22P02
create table a (m mood default 'gone'::text::mood);
create table b (m mood not null default 'ok', n public.mood default 'sad'::public.mood, i int default '5', j int default ' -7 ');
create table c (n int default 'x');  -- 22P02
create table c (u uuid default 'none');  -- 22P02
create table c (u uuid default '00000000-0000-0000-0000-000000000000', t text default 'x', r text[] default '{}', k jsonb default '{}');
alter table b add column o mood default 'gone';  -- 22P02
alter table b add column o mood;
alter table b alter column o set default 'gone';  -- 22P02
alter table b alter column i set default 'x';  -- 22P02
alter table b alter column i set default '6', alter column o set default 'sad';

-- A trigger for updates of a column needs the column.
create function t() returns trigger language plpgsql as 'begin return new; end';
create trigger t before update of n, i on b for each row execute function t();
create trigger u before update of n, gone on b for each row execute function t();  -- 42703
create trigger v before update of gone on b for each row execute function missing();  -- 42883
