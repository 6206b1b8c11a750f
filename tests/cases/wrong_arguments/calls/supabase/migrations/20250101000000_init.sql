create function save(deal_id bigint, note text default null) returns void language sql as 'select 1';
create function ping() returns void language sql as 'select 1';
create function twin(a int) returns int language sql as 'select 1';
create function twin(a text) returns int language sql as 'select 1';
create function body(json) returns int language sql as 'select 1';
create function find(query text) returns int language sql as 'select 1';
create function find(query text, max_rows int) returns int language sql as 'select 1';
create function hidden(int, int) returns int language sql as 'select 1';
