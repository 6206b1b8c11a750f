create function f(out z int) returns table (x int) language plpgsql as 'begin end';  -- 42601
create function f(inout z int) returns table (x int) language plpgsql as 'begin end';  -- 42601
create function f(z int) returns table (x int) language plpgsql as 'begin end';
create table measured (at timestamptz, what text, good boolean);
create view counted as select string_agg(what, ','), pg_catalog.count(*) filter (where good) from measured;
create view of_counted as select string_agg, count from counted;
create view by_unit as select date_trunc(missing, at) from measured;  -- 42703
