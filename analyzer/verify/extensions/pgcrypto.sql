create function @extschema@.gen_random_uuid() returns uuid language internal as 'gen_random_uuid';
create function @extschema@.gen_random_bytes(integer) returns bytea
  language sql as 'select pg_catalog.substr(pg_catalog.decode(pg_catalog.repeat(pg_catalog.md5(pg_catalog.random()::text), $1), ''hex''), 1, $1)';
create function @extschema@.crypt(text, text) returns text immutable strict language sql as 'select pg_catalog.md5($1)';
create function @extschema@.gen_salt(text) returns text language sql as 'select ''$''';
create function @extschema@.gen_salt(text, integer) returns text language sql as 'select ''$''';
create function @extschema@.digest(text, text) returns bytea immutable strict
  language sql as 'select pg_catalog.sha256($1::bytea)';
create function @extschema@.digest(bytea, text) returns bytea immutable strict
  language sql as 'select pg_catalog.sha256($1)';
create function @extschema@.hmac(text, text, text) returns bytea immutable strict
  language sql as 'select pg_catalog.sha256($1::bytea)';
create function @extschema@.hmac(bytea, bytea, text) returns bytea immutable strict
  language sql as 'select pg_catalog.sha256($1)';
