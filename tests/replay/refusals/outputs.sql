create function f(out z int) returns table (x int) language plpgsql as 'begin end';  -- 42601
create function f(inout z int) returns table (x int) language plpgsql as 'begin end';  -- 42601
create function f(z int) returns table (x int) language plpgsql as 'begin end';
