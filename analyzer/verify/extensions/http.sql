create domain @extschema@.http_method as text;
create domain @extschema@.content_type as text;
create type @extschema@.http_header as (field varchar, value varchar);
create type @extschema@.http_request as (
  method @extschema@.http_method, uri varchar, headers @extschema@.http_header[], content_type varchar, content varchar
);
create type @extschema@.http_response as (
  status integer, content_type varchar, headers @extschema@.http_header[], content varchar
);
create function @extschema@.http(request @extschema@.http_request) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_get(uri varchar) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_get(uri varchar, data jsonb) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_head(uri varchar) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_delete(uri varchar) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_delete(uri varchar, content varchar, content_type varchar)
  returns @extschema@.http_response language plpgsql as 'begin return null; end';
create function @extschema@.http_patch(uri varchar, content varchar, content_type varchar)
  returns @extschema@.http_response language plpgsql as 'begin return null; end';
create function @extschema@.http_post(uri varchar, content varchar, content_type varchar)
  returns @extschema@.http_response language plpgsql as 'begin return null; end';
create function @extschema@.http_post(uri varchar, data jsonb) returns @extschema@.http_response
  language plpgsql as 'begin return null; end';
create function @extschema@.http_put(uri varchar, content varchar, content_type varchar)
  returns @extschema@.http_response language plpgsql as 'begin return null; end';
create function @extschema@.http_header(field varchar, value varchar) returns @extschema@.http_header
  language sql as 'select $1, $2';
create function @extschema@.http_set_curlopt(curlopt varchar, value varchar) returns boolean
  language sql as 'select true';
create function @extschema@.http_reset_curlopt() returns boolean language sql as 'select true';
create function @extschema@.urlencode(string varchar) returns text language sql as 'select $1::text';
create function @extschema@.urlencode(data jsonb) returns text language sql as 'select $1::text';
