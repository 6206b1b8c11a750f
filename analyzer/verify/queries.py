"""What is asked of ``pg_catalog``. Each relation's parts come with the ``oid`` of it as ``relation``.

``%(newest)s`` and ``%(schemas)s`` tell what is managed: see ``read_catalogue``.
"""

from __future__ import annotations


def _managed(table: str, alias: str) -> str:
    return f"""
      (case when %(newest)s::int8 is null then n.nspname = any(%(schemas)s) else {alias}.oid::int8 <= %(newest)s end
        or exists (select from pg_catalog.pg_depend d
                   where d.classid = 'pg_catalog.{table}'::pg_catalog.regclass
                     and d.objid = {alias}.oid and d.deptype = 'e'))"""


def _columns_of(relation: str, numbers: str) -> str:
    return f"""
      coalesce((select pg_catalog.array_agg(a.attname::text order by u.place)
       from pg_catalog.unnest({numbers}) with ordinality u(number, place)
       join pg_catalog.pg_attribute a on a.attrelid = {relation} and a.attnum = u.number), '{{}}')"""


_OURS = r"n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
_SCHEMA = "join pg_catalog.pg_namespace n on n.oid ="

RELATIONS = f"""
select c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
  c.relrowsecurity as rls, {_managed("pg_class", "c")} as managed
from pg_catalog.pg_class c {_SCHEMA} c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and {_OURS}
order by n.nspname, c.relname"""

COLUMNS = f"""
select a.attrelid as relation, a.attname::text as name, not a.attnotnull as nullable,
  pg_catalog.format_type(a.atttypid, a.atttypmod) as type, a.attidentity::text as identity,
  a.attgenerated::text as generated, pg_catalog.pg_get_expr(d.adbin, d.adrelid) as expression
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid {_SCHEMA} c.relnamespace
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and {_OURS}
order by a.attrelid, a.attnum"""

CONSTRAINTS = f"""
select k.conrelid as relation, k.conname::text as name, k.contype::text as kind, k.confdeltype::text as on_delete,
  {_columns_of("k.conrelid", "k.conkey")} as columns,
  t.relname::text as target, s.nspname::text as target_schema, {_columns_of("k.confrelid", "k.confkey")} as target_columns
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid {_SCHEMA} c.relnamespace
left join pg_catalog.pg_class t on t.oid = k.confrelid
left join pg_catalog.pg_namespace s on s.oid = t.relnamespace
where k.contype in ('p', 'u', 'f') and {_OURS}
  and not (k.contype = 'f' and exists (
    select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid))
order by k.oid"""

INDEXES = f"""
select i.indrelid as relation, x.relname::text as name, i.indisunique as unique,
  {_columns_of("i.indrelid", "(i.indkey::int2[])[0:i.indnkeyatts - 1]")} as columns
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid {_SCHEMA} c.relnamespace
where {_OURS} and not exists (
  select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
order by i.indexrelid"""

POLICIES = f"""
select p.polrelid as relation, p.polname::text as name, p.polcmd::text as command,
  p.oid::int8 > coalesce(%(newest)s::int8, p.oid::int8) as new,
  (select pg_catalog.array_agg(coalesce(r.rolname::text, 'public') order by r.rolname)
   from pg_catalog.unnest(p.polroles) u(role) left join pg_catalog.pg_roles r on r.oid = u.role) as roles
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid {_SCHEMA} c.relnamespace
where {_OURS}
order by p.oid"""

TRIGGERS = f"""
select t.tgrelid as relation, t.tgname::text as name, s.nspname || '.' || f.proname as function,
  t.oid::int8 > coalesce(%(newest)s::int8, t.oid::int8) as new
from pg_catalog.pg_trigger t
join pg_catalog.pg_proc f on f.oid = t.tgfoid
join pg_catalog.pg_namespace s on s.oid = f.pronamespace
join pg_catalog.pg_class c on c.oid = t.tgrelid {_SCHEMA} c.relnamespace
where not t.tgisinternal and {_OURS}
order by t.oid"""

FUNCTIONS = f"""
select n.nspname::text as schema, f.proname::text as name, f.proargmodes::text[] as modes, f.proargnames as names,
  (select coalesce(pg_catalog.array_agg(pg_catalog.format_type(u.type, null) order by u.place), '{{}}')
   from pg_catalog.unnest(coalesce(f.proallargtypes, f.proargtypes::oid[])) with ordinality u(type, place)) as types,
  f.pronargdefaults as defaults, pg_catalog.pg_get_function_result(f.oid) as returns,
  {_managed("pg_proc", "f")} as managed
from pg_catalog.pg_proc f {_SCHEMA} f.pronamespace
where {_OURS}
order by n.nspname, f.proname"""

ENUMS = f"""
select n.nspname::text as schema, t.typname::text as name, {_managed("pg_type", "t")} as managed,
  (select coalesce(pg_catalog.array_agg(e.enumlabel::text order by e.enumsortorder), '{{}}')
   from pg_catalog.pg_enum e where e.enumtypid = t.oid) as labels
from pg_catalog.pg_type t {_SCHEMA} t.typnamespace
where t.typtype = 'e' and {_OURS}
order by n.nspname, t.typname"""

BUCKETS = "select id, coalesce(public, false) as public from storage.buckets order by id"

PUBLICATIONS = """
select p.pubname::text as name,
  coalesce(p.oid::int8 <= %(newest)s::int8, p.pubname like 'supabase\\_%%') as managed,
  coalesce((select pg_catalog.array_agg(n.nspname || '.' || c.relname order by n.nspname, c.relname)
            from pg_catalog.pg_publication_rel r
            join pg_catalog.pg_class c on c.oid = r.prrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where r.prpubid = p.oid), '{}') as tables
from pg_catalog.pg_publication p
order by p.pubname"""
