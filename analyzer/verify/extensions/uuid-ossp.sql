create function @extschema@.uuid_generate_v1() returns uuid language internal as 'gen_random_uuid';
create function @extschema@.uuid_generate_v1mc() returns uuid language internal as 'gen_random_uuid';
create function @extschema@.uuid_generate_v4() returns uuid language internal as 'gen_random_uuid';
create function @extschema@.uuid_generate_v3(namespace uuid, name text) returns uuid immutable strict
  language sql as 'select pg_catalog.md5($1::text || $2)::uuid';
create function @extschema@.uuid_generate_v5(namespace uuid, name text) returns uuid immutable strict
  language sql as 'select pg_catalog.md5($1::text || $2)::uuid';
