-- Values are the text that was written; functions answer NULL. Modifiers, as in geometry(Point, 4326), are taken and forgotten.
create type geometry;
create type geography;
create function geometry_in(cstring) returns geometry immutable strict language internal as 'textin';
create function geometry_out(geometry) returns cstring immutable strict language internal as 'textout';
create function geometry_typmod_in(cstring[]) returns integer immutable strict language internal as 'array_ndims';
create function geography_in(cstring) returns geography immutable strict language internal as 'textin';
create function geography_out(geography) returns cstring immutable strict language internal as 'textout';
create function geography_typmod_in(cstring[]) returns integer immutable strict language internal as 'array_ndims';
create type geometry (input = geometry_in, output = geometry_out, typmod_in = geometry_typmod_in, storage = main);
create type geography (input = geography_in, output = geography_out, typmod_in = geography_typmod_in, storage = main);
create type box2d;
create function box2d_in(cstring) returns box2d immutable strict language internal as 'textin';
create function box2d_out(box2d) returns cstring immutable strict language internal as 'textout';
create type box2d (input = box2d_in, output = box2d_out);
create type box3d;
create function box3d_in(cstring) returns box3d immutable strict language internal as 'textin';
create function box3d_out(box3d) returns cstring immutable strict language internal as 'textout';
create type box3d (input = box3d_in, output = box3d_out);
create type gidx;
create function gidx_in(cstring) returns gidx immutable strict language internal as 'textin';
create function gidx_out(gidx) returns cstring immutable strict language internal as 'textout';
create type gidx (input = gidx_in, output = gidx_out);
create type geometry_dump as (path integer[], geom geometry);
create type valid_detail as (valid boolean, reason varchar, location geometry);

create cast (geometry as geography) without function as implicit;
create cast (geography as geometry) without function;
create cast (text as geometry) without function as implicit;
create cast (geometry as text) without function as implicit;
create cast (geometry as bytea) without function as implicit;
create cast (bytea as geometry) without function as implicit;
create cast (geometry as box2d) without function as implicit;
create cast (geometry as box3d) without function as implicit;
create cast (box2d as geometry) without function as implicit;

do $body$
declare
  one text;
  parts text[];
begin
  foreach one in array regexp_split_to_array(trim(e'\n ' from $list$
    st_makepoint(float8, float8) geometry
    st_makepoint(float8, float8, float8) geometry
    st_makepoint(float8, float8, float8, float8) geometry
    st_point(float8, float8) geometry
    st_point(float8, float8, integer) geometry
    st_setsrid(geometry, integer) geometry
    st_setsrid(geography, integer) geography
    st_geomfromtext(text) geometry
    st_geomfromtext(text, integer) geometry
    st_pointfromtext(text) geometry
    st_pointfromtext(text, integer) geometry
    st_geomfromewkt(text) geometry
    st_geomfromwkb(bytea) geometry
    st_geomfromwkb(bytea, integer) geometry
    st_geomfromewkb(bytea) geometry
    st_geomfromgeojson(text) geometry
    st_geomfromgeojson(json) geometry
    st_geomfromgeojson(jsonb) geometry
    st_geogfromtext(text) geography
    st_geographyfromtext(text) geography
    st_makeenvelope(float8, float8, float8, float8, integer default 0) geometry
    st_tileenvelope(integer, integer, integer) geometry
    st_makeline(geometry, geometry) geometry
    st_makeline(geometry[]) geometry
    st_makepolygon(geometry) geometry
    st_polygon(geometry, integer) geometry
    st_collect(geometry, geometry) geometry
    st_collect(geometry[]) geometry
    st_makebox2d(geometry, geometry) box2d
    st_x(geometry) float8
    st_y(geometry) float8
    st_z(geometry) float8
    st_m(geometry) float8
    st_xmin(box3d) float8
    st_xmax(box3d) float8
    st_ymin(box3d) float8
    st_ymax(box3d) float8
    st_srid(geometry) integer
    st_srid(geography) integer
    st_astext(geometry) text
    st_astext(geometry, integer) text
    st_astext(geography) text
    st_astext(geography, integer) text
    st_astext(text) text
    st_asewkt(geometry) text
    st_asewkt(geography) text
    st_asewkt(text) text
    st_asgeojson(geom geometry, maxdecimaldigits integer default 9, options integer default 8) text
    st_asgeojson(geog geography, maxdecimaldigits integer default 9, options integer default 0) text
    st_asgeojson(text) text
    st_asbinary(geometry) bytea
    st_asbinary(geography) bytea
    st_asewkb(geometry) bytea
    st_asmvtgeom(geometry, box2d, integer default 4096, integer default 256, boolean default true) geometry
    st_distance(geometry, geometry) float8
    st_distance(geography, geography, boolean default true) float8
    st_distance(text, text) float8
    st_distancesphere(geometry, geometry) float8
    st_distancespheroid(geometry, geometry) float8
    st_dwithin(geometry, geometry, float8) boolean
    st_dwithin(geography, geography, float8, boolean default true) boolean
    st_dwithin(text, text, float8) boolean
    st_contains(geometry, geometry) boolean
    st_within(geometry, geometry) boolean
    st_intersects(geometry, geometry) boolean
    st_intersects(geography, geography) boolean
    st_intersects(text, text) boolean
    st_covers(geometry, geometry) boolean
    st_covers(geography, geography) boolean
    st_covers(text, text) boolean
    st_coveredby(geometry, geometry) boolean
    st_coveredby(geography, geography) boolean
    st_coveredby(text, text) boolean
    st_overlaps(geometry, geometry) boolean
    st_touches(geometry, geometry) boolean
    st_crosses(geometry, geometry) boolean
    st_disjoint(geometry, geometry) boolean
    st_equals(geometry, geometry) boolean
    st_buffer(geometry, float8, text default '') geometry
    st_buffer(geometry, float8, integer) geometry
    st_buffer(geography, float8) geography
    st_buffer(geography, float8, integer) geography
    st_buffer(geography, float8, text) geography
    st_buffer(text, float8) geometry
    st_area(geometry) float8
    st_area(geography, boolean default true) float8
    st_area(text) float8
    st_length(geometry) float8
    st_length(geography, boolean default true) float8
    st_length(text) float8
    st_perimeter(geometry) float8
    st_perimeter(geography, boolean default true) float8
    st_centroid(geometry) geometry
    st_centroid(geography, boolean default true) geography
    st_centroid(text) geometry
    st_transform(geometry, integer) geometry
    st_simplify(geometry, float8) geometry
    st_simplify(geometry, float8, boolean) geometry
    st_simplifypreservetopology(geometry, float8) geometry
    st_envelope(geometry) geometry
    st_expand(geometry, float8) geometry
    st_expand(box2d, float8) box2d
    st_intersection(geometry, geometry, float8 default -1) geometry
    st_intersection(geography, geography) geography
    st_difference(geometry, geometry, float8 default -1) geometry
    st_symdifference(geometry, geometry, float8 default -1) geometry
    st_union(geometry, geometry) geometry
    st_union(geometry[]) geometry
    st_unaryunion(geometry, float8 default -1) geometry
    st_convexhull(geometry) geometry
    st_concavehull(geometry, float8, boolean default false) geometry
    st_closestpoint(geometry, geometry) geometry
    st_shortestline(geometry, geometry) geometry
    st_isvalid(geometry) boolean
    st_isvalidreason(geometry) text
    st_makevalid(geometry) geometry
    st_isempty(geometry) boolean
    st_isclosed(geometry) boolean
    st_issimple(geometry) boolean
    st_npoints(geometry) integer
    st_numpoints(geometry) integer
    st_numgeometries(geometry) integer
    st_geometryn(geometry, integer) geometry
    st_geometrytype(geometry) text
    geometrytype(geometry) text
    geometrytype(geography) text
    st_dimension(geometry) integer
    st_startpoint(geometry) geometry
    st_endpoint(geometry) geometry
    st_pointn(geometry, integer) geometry
    st_exteriorring(geometry) geometry
    st_lineinterpolatepoint(geometry, float8) geometry
    st_linelocatepoint(geometry, geometry) float8
    st_linesubstring(geometry, float8, float8) geometry
    st_multi(geometry) geometry
    st_force2d(geometry) geometry
    st_force3d(geometry, float8 default 0.0) geometry
    st_flipcoordinates(geometry) geometry
    st_reverse(geometry) geometry
    st_snaptogrid(geometry, float8) geometry
    st_azimuth(geometry, geometry) float8
    st_azimuth(geography, geography) float8
    st_project(geography, float8, float8) geography
    st_translate(geometry, float8, float8) geometry
    st_scale(geometry, float8, float8) geometry
    st_rotate(geometry, float8) geometry
    st_geohash(geometry, integer default 0) text
    st_geohash(geography, integer default 0) text
    st_geomfromgeohash(text, integer default null) geometry
    st_pointfromgeohash(text, integer default null) geometry
    st_pointonsurface(geometry) geometry
    st_generatepoints(geometry, integer) geometry
    st_hausdorffdistance(geometry, geometry) float8
    st_dump(geometry) setof geometry_dump
    st_dumppoints(geometry) setof geometry_dump
    st_subdivide(geometry, integer default 256, float8 default -1.0) setof geometry
    st_segmentize(geometry, float8) geometry
    st_segmentize(geography, float8) geography
    box2d(geometry) box2d
    box3d(geometry) box3d
    geography(geometry) geography
    geometry(geography) geometry
    geometry(text) geometry
    postgis_version() text
    postgis_full_version() text
    postgis_lib_version() text
    geometry_overlaps(geometry, geometry) boolean
    geography_overlaps(geography, geography) boolean
    geometry_contains(geometry, geometry) boolean
    geometry_within(geometry, geometry) boolean
    geometry_distance_centroid(geometry, geometry) float8
    geometry_distance_box(geometry, geometry) float8
    geography_distance_knn(geography, geography) float8
  $list$), e'\n *') loop
    parts := regexp_match(one, '^(.*\)) (.*)$');
    execute format('create function %s returns %s immutable language sql as %L', parts[1], parts[2],
      'select null::' || replace(parts[2], 'setof ', '') || case when parts[2] like 'setof%' then ' limit 0' else '' end);
  end loop;
  foreach one in array array['geometry', 'geography'] loop
    execute format('create function %1$s_lt(%1$s, %1$s) returns boolean immutable strict language internal as ''bytealt''', one);
    execute format('create function %1$s_le(%1$s, %1$s) returns boolean immutable strict language internal as ''byteale''', one);
    execute format('create function %1$s_eq(%1$s, %1$s) returns boolean immutable strict language internal as ''byteaeq''', one);
    execute format('create function %1$s_ge(%1$s, %1$s) returns boolean immutable strict language internal as ''byteage''', one);
    execute format('create function %1$s_gt(%1$s, %1$s) returns boolean immutable strict language internal as ''byteagt''', one);
    execute format('create function %1$s_cmp(%1$s, %1$s) returns integer immutable strict language internal as ''byteacmp''', one);
    execute format('create operator < (leftarg = %1$s, rightarg = %1$s, function = %1$s_lt)', one);
    execute format('create operator <= (leftarg = %1$s, rightarg = %1$s, function = %1$s_le)', one);
    execute format('create operator = (leftarg = %1$s, rightarg = %1$s, function = %1$s_eq)', one);
    execute format('create operator >= (leftarg = %1$s, rightarg = %1$s, function = %1$s_ge)', one);
    execute format('create operator > (leftarg = %1$s, rightarg = %1$s, function = %1$s_gt)', one);
    execute format('create operator && (leftarg = %1$s, rightarg = %1$s, function = %1$s_overlaps)', one);
    execute format('create operator class btree_%1$s_ops default for type %1$s using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 %1$s_cmp(%1$s, %1$s)', one);
  end loop;
end $body$;
create operator <-> (leftarg = geometry, rightarg = geometry, function = geometry_distance_centroid);
create operator <#> (leftarg = geometry, rightarg = geometry, function = geometry_distance_box);
create operator <-> (leftarg = geography, rightarg = geography, function = geography_distance_knn);
create operator ~ (leftarg = geometry, rightarg = geometry, function = geometry_contains);
create operator @ (leftarg = geometry, rightarg = geometry, function = geometry_within);

-- What keeps an index are the functions of another extension for texts of that form.
create function gidx_consistent(internal, geometry, smallint, oid, internal) returns boolean immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_consistent';
create function gidx_consistent(internal, geography, smallint, oid, internal) returns boolean immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_consistent';
create function gidx_union(internal, internal) returns gidx immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_union';
create function gidx_compress(internal) returns internal immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_compress';
create function gidx_decompress(internal) returns internal immutable strict language c as '$libdir/btree_gist', 'gbt_var_decompress';
create function gidx_penalty(internal, internal, internal) returns internal immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_penalty';
create function gidx_picksplit(internal, internal) returns internal immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_picksplit';
create function gidx_same(gidx, gidx, internal) returns internal immutable strict language c as '$libdir/btree_gist', 'gbt_bytea_same';
create operator class gist_geometry_ops_2d default for type geometry using gist as
  operator 3 &&, storage gidx,
  function 1 gidx_consistent(internal, geometry, smallint, oid, internal), function 2 gidx_union(internal, internal),
  function 3 gidx_compress(internal), function 4 gidx_decompress(internal),
  function 5 gidx_penalty(internal, internal, internal), function 6 gidx_picksplit(internal, internal),
  function 7 gidx_same(gidx, gidx, internal);
create operator class gist_geography_ops default for type geography using gist as
  operator 3 &&, storage gidx,
  function 1 gidx_consistent(internal, geography, smallint, oid, internal), function 2 gidx_union(internal, internal),
  function 3 gidx_compress(internal), function 4 gidx_decompress(internal),
  function 5 gidx_penalty(internal, internal, internal), function 6 gidx_picksplit(internal, internal),
  function 7 gidx_same(gidx, gidx, internal);

create aggregate st_union(geometry) (sfunc = st_collect, stype = geometry);
create aggregate st_collect(geometry) (sfunc = st_collect, stype = geometry);
create aggregate st_makeline(geometry) (sfunc = st_makeline, stype = geometry);
create function st_extent_step(box2d, geometry) returns box2d immutable language sql as 'select null::box2d';
create aggregate st_extent(geometry) (sfunc = st_extent_step, stype = box2d);

create table spatial_ref_sys (
  srid integer primary key, auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048)
);
grant select on spatial_ref_sys to public;
