"""Who may do what after any grants, as ``has_table_privilege`` and its like say it on a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from analyzer.model.access import ALL
from analyzer.model.source import Source
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script
from analyzer.verify.apply import File, apply
from analyzer.verify.base import fresh_database
from analyzer.verify.server import Server

ROLES = ("anon", "authenticated", "service_role")
START = (
    # What Supabase grants by default is no part of the throwaway database; without it, both sides start from nothing.
    "alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;",
    "alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;",
    "alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;",
    "create schema app;",
    "create table a (id serial primary key, x text);",
    "create table app.b (id int, x text);",
    "create function f() returns int language sql as 'select 1';",
    "create function app.g(int) returns int language sql as 'select 1';",
)
_TABLE = st.sampled_from(["a", "app.b", "c", "v", "a, app.b"])
_ROLE = st.sampled_from(["anon", "authenticated", "anon, service_role", "public"])
_IN = st.sampled_from(["", "in schema app ", "in schema public ", "for role postgres in schema app ", "for role anon "])
_RIGHT = st.sampled_from(
    ["all", "select", "insert, update", "all privileges", "delete", "select (x)", "update (x), select"]
)
_WORD = st.sampled_from([("grant", "to"), ("revoke", "from"), ("grant", "to")])
_SCHEMA = st.sampled_from(["app", "public", "app, public"])
_MAKE = st.sampled_from(
    [
        "create table c (id serial, x text);",
        "create table app.c (id int generated always as identity, x text);",
        "create view v as select x from a;",
        "create function app.h() returns int language sql as 'select 1';",
        "create or replace function f() returns int language sql as 'select 2';",
        "create sequence app.s;",
        "drop table if exists c;",
        "alter table a set schema app;",
        "alter table a drop column x;",
        "create schema other;",
    ]
)


def _said(template: str, **parts: SearchStrategy[str]) -> SearchStrategy[str]:
    def fill(drawn: tuple[tuple[str, str], dict[str, str]]) -> str:
        (verb, word), names = drawn
        return template.format(verb=verb, word=word, **names)

    return st.tuples(_WORD, st.fixed_dictionaries(parts)).map(fill)


_KINDS = st.sampled_from(["tables", "sequences", "functions", "routines", "schemas"])
_ONE = st.sampled_from(["all", "select", "usage", "execute"])
STATEMENT = st.one_of(
    _MAKE,
    _said("{verb} {r} on {t} {word} {w};", r=_RIGHT, t=_TABLE, w=_ROLE),
    _said("{verb} {r} on all {k} in schema {s} {word} {w};", r=_ONE, k=_KINDS, s=_SCHEMA, w=_ROLE),
    _said("{verb} {r} on schema {s} {word} {w};", r=st.sampled_from(["usage", "all", "create"]), s=_SCHEMA, w=_ROLE),
    _said(
        "{verb} execute on function {f} {word} {w};", f=st.sampled_from(["f", "f()", "app.g(int)", "app.h"]), w=_ROLE
    ),
    _said("{verb} {r} on sequence {q} {word} {w};", r=_ONE, q=st.sampled_from(["a_id_seq", "app.s"]), w=_ROLE),
    _said("alter default privileges {i}{verb} {r} on {k} {word} {w};", i=_IN, r=_ONE, k=_KINDS, w=_ROLE),
)
_HELD = """
select kind, n.nspname || '.' || name, role, privilege, case kind
    when 'table' then has_table_privilege(role, o.oid, privilege)
    when 'sequence' then has_sequence_privilege(role, o.oid, privilege)
    else has_function_privilege(role, o.oid, privilege) end
from (
  select case relkind when 'S' then 'sequence' else 'table' end as kind, oid, relname as name, relnamespace as schema
  from pg_class where relkind in ('r', 'v', 'S')
  union all select 'function', oid, proname, pronamespace from pg_proc) o
join pg_namespace n on n.oid = o.schema and nspname in ('public', 'app')
cross join unnest(%s::text[]) role
join (select unnest(%s::text[]), unnest(%s::text[])) p (of, privilege) on p.of = kind
"""


@settings(
    max_examples=int(os.environ.get("HISTORIES", "30")),
    derandomize="HISTORIES" not in os.environ,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STATEMENT, min_size=1, max_size=12))
def test_everybody_may_do_what_postgresql_lets_them(server: Server, history: list[str]) -> None:
    data = "\n".join((*START, *history)).encode()
    facts = read_sql(Source("1.sql", data))
    replayed = replay([Script("1.sql", "1", facts)])
    pairs = [(kind, privilege) for kind in ("table", "sequence", "function") for privilege in ALL[kind]]
    with fresh_database(server) as connection:
        applied = apply(connection, [File("1.sql", data, facts, "1")])
        connection.execute("reset session authorization; reset all")
        held = connection.execute(_HELD, (list(ROLES), *map(list, zip(*pairs, strict=True)))).fetchall()
    assert [each.sqlstate for each in replayed.failures] == [each.sqlstate for each in applied.failures]
    there = {(name, role, privilege): may for _, name, role, privilege, may in held}

    def here() -> Iterator[tuple[tuple[str, str, str], bool | None]]:
        catalog = replayed.catalog
        for thing in (*catalog.relations.values(), *catalog.functions.values()):
            if thing.place is not None:
                for role, privilege in ((role, privilege) for role in ROLES for _, privilege in pairs):
                    yield (catalog.qualified(thing), role, privilege), catalog.may(thing.oid, role, privilege)

    apart = {key: (may, there[key]) for key, may in here() if key in there and may is not there[key]}
    assert apart == {}
