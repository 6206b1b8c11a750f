"""Histories over a few names, so that statements meet what others made, renamed or dropped."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

START = (
    "create schema app;",
    "create type mood as enum ('sad', 'ok');",
    "create table a (id int primary key, x text, y int unique);",
    "create table b (id int primary key, a_id int references a (id), x text not null default '');",
    "create function f() returns trigger language plpgsql as 'begin return new; end';",
)

_TABLES = st.sampled_from(["a", "b", "c", "app.a", "app.c", "public.b"])
_BARE = st.sampled_from(["a", "b", "c", "d"])
_COLUMNS = st.sampled_from(["id", "x", "y", "z", "a_id"])
_PAIRS = st.sampled_from(
    [f"{one}, {two}" for one in ("id", "x", "y") for two in ("z", "a_id", "x", "id") if one != two]
)
_TYPES = st.sampled_from(["int", "text", "bigint", "uuid", "mood", "app.mood", "varchar(9)", "timestamptz", "text[]"])
_RELATIONS = st.sampled_from(["a", "b", "c", "v", "w", "m", "app.a", "i"])
_FREE = st.sampled_from(["v", "w"])
_INDEXES = st.sampled_from(["i", "j", "a_y_key", "b_pkey"])
_NEW = st.sampled_from(["k", "l"])
_CONSTRAINTS = st.sampled_from(["k", "a_pkey", "a_y_key", "b_a_id_fkey", "b_pkey"])
_POLICIES = st.sampled_from(["p", "q"])
_FUNCTIONS = st.sampled_from(["f()", "g()", "app.f()"])
_SCHEMAS = st.sampled_from(["app", "other", "public"])
_ENDS = st.sampled_from(["", "", " cascade"])
_IF = st.sampled_from(["", "", "if exists "])
_IF_NOT = st.sampled_from(["", "", "if not exists "])
_NOT_NULL = st.sampled_from(["", " not null", " unique", " primary key", " default null"])


def _made(template: str, **parts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.builds(lambda **drawn: template.format(**drawn), **parts)


_CREATE = (
    _made(
        "create table {i}{t} ({c} {y}{n}, n_{d} {z});",
        i=_IF_NOT,
        t=_TABLES,
        c=_COLUMNS,
        y=_TYPES,
        n=_NOT_NULL,
        d=_COLUMNS,
        z=_TYPES,
    ),
    _made(
        "create table {i}{t} ({c} int references {u}, n_{d} int references {w} ({e}));",
        i=_IF_NOT,
        t=_TABLES,
        c=_COLUMNS,
        u=_TABLES,
        d=_COLUMNS,
        w=_TABLES,
        e=_COLUMNS,
    ),
    _made("create table {t} as select {c}, {d} as other from {u};", t=_TABLES, c=_COLUMNS, d=_COLUMNS, u=_TABLES),
    _made("create view {v} as select {c} from {t};", v=_FREE, c=_PAIRS, t=_RELATIONS),
    _made("create or replace view {v} as select * from {t};", v=_FREE, t=_TABLES),
    _made("create materialized view {i}m as select {c} from {t};", i=_IF_NOT, c=_COLUMNS, t=_TABLES),
    _made("create index {i}{n} on {t} ({c}, {d});", i=_IF_NOT, n=_INDEXES, t=_RELATIONS, c=_COLUMNS, d=_COLUMNS),
    _made("create unique index on {t} ({c});", t=_RELATIONS, c=_COLUMNS),
    _made("create type {s} as enum ('sad');", s=st.sampled_from(["mood", "app.mood", "a", "kind"])),
    _made("create schema {i}{s};", i=_IF_NOT, s=_SCHEMAS),
    _made("create policy {p} on {t} using (true);", p=_POLICIES, t=_RELATIONS),
    _made(
        "create trigger {p} before insert on {t} for each row execute function {f};",
        p=_POLICIES,
        t=_RELATIONS,
        f=_FUNCTIONS,
    ),
    _made(
        "create function {f} returns {y} language plpgsql as 'begin end';",
        f=_FUNCTIONS,
        y=st.sampled_from(["trigger", "int", "a", "mood", "setof b"]),
    ),
    _made("create or replace function {f} returns int language plpgsql as 'begin end';", f=_FUNCTIONS),
    _made("create sequence {i}{t};", i=_IF_NOT, t=st.sampled_from(["s", "a", "app.s"])),
)
_ALTER = (
    _made(
        "alter table {i}{t} add column {j}{c} {y}{n};", i=_IF, t=_TABLES, j=_IF_NOT, c=_COLUMNS, y=_TYPES, n=_NOT_NULL
    ),
    _made("alter table {t} drop column {i}{c}{e};", t=_TABLES, i=_IF, c=_COLUMNS, e=_ENDS),
    _made("alter table {t} drop column {c}, add column {d} {y};", t=_TABLES, c=_COLUMNS, d=_COLUMNS, y=_TYPES),
    _made(
        "alter table {t} alter column {c} set not null, alter column {d} drop not null;",
        t=_TABLES,
        c=_COLUMNS,
        d=_COLUMNS,
    ),
    _made("alter table {t} alter column {c} set default null;", t=_TABLES, c=_COLUMNS),
    _made("alter table {t} alter column {c} type text;", t=_TABLES, c=_COLUMNS),
    _made("alter table {t} rename column {c} to {d};", t=_RELATIONS, c=_COLUMNS, d=_COLUMNS),
    _made("alter table {i}{t} rename to {u};", i=_IF, t=_RELATIONS, u=_BARE),
    _made("alter table {t} set schema {s};", t=_BARE, s=st.sampled_from(["app", "other"])),
    _made("alter table {t} add constraint {k} unique ({c});", t=_TABLES, k=_CONSTRAINTS, c=_COLUMNS),
    _made("alter table {t} add primary key ({c});", t=_TABLES, c=_COLUMNS),
    _made(
        "alter table {t} add foreign key ({c}) references {u} ({d}) on delete cascade;",
        t=_TABLES,
        c=_COLUMNS,
        u=_TABLES,
        d=_COLUMNS,
    ),
    _made(
        "alter table {t} add constraint {k} foreign key ({c}) references {u};",
        t=_TABLES,
        k=_NEW,
        c=_COLUMNS,
        u=_RELATIONS,
    ),
    _made("alter table {t} add constraint {k} check (true);", t=_TABLES, k=_NEW),
    _made("alter table {t} drop constraint {i}{k}{e};", t=_TABLES, i=_IF, k=_CONSTRAINTS, e=_ENDS),
    _made("alter table {t} rename constraint {k} to {n};", t=_TABLES, k=_CONSTRAINTS, n=_CONSTRAINTS),
    _made("alter table {t} enable row level security;", t=_RELATIONS),
    _made("alter index {i}{n} rename to {m};", i=_IF, n=_INDEXES, m=_INDEXES),
    _made(
        "alter type {y} add value {i}'{v}';",
        y=st.sampled_from(["mood", "kind", "a"]),
        i=_IF_NOT,
        v=st.sampled_from(["sad", "new"]),
    ),
    _made(
        "alter type mood rename value '{v}' to '{w}';",
        v=st.sampled_from(["sad", "no"]),
        w=st.sampled_from(["ok", "up"]),
    ),
    _made("alter type {y} rename to {z};", y=st.sampled_from(["mood", "kind"]), z=st.sampled_from(["mood", "kind"])),
    _made("alter policy {p} on {t} rename to {q};", p=_POLICIES, t=_TABLES, q=_POLICIES),
    _made("alter view {i}{v} rename to {w};", i=_IF, v=_FREE, w=_RELATIONS.filter(lambda name: "." not in name)),
    _made("alter schema {s} rename to {r};", s=st.sampled_from(["app", "other"]), r=st.sampled_from(["app", "other"])),
    _made("alter publication supabase_realtime {how} table {t};", how=st.sampled_from(["add", "set"]), t=_TABLES),
)
_DROP = (
    _made("drop table {i}{t}{e};", i=_IF, t=_RELATIONS, e=_ENDS),
    _made("drop view {i}{t}{e};", i=_IF, t=_RELATIONS, e=_ENDS),
    _made("drop index {i}{t}{e};", i=_IF, t=_INDEXES, e=_ENDS),
    _made("drop type {i}{y}{e};", i=_IF, y=st.sampled_from(["mood", "app.mood", "kind"]), e=_ENDS),
    _made("drop schema {i}{s}{e};", i=_IF, s=st.sampled_from(["app", "other"]), e=_ENDS),
    _made("drop policy {i}{p} on {t};", i=_IF, p=_POLICIES, t=_RELATIONS),
    _made("drop trigger {i}{p} on {t};", i=_IF, p=_POLICIES, t=_RELATIONS),
    _made("drop function {i}{f}{e};", i=_IF, f=_FUNCTIONS, e=_ENDS),
    _made("drop function {i}{f}{e};", i=_IF, f=st.sampled_from(["f", "g"]), e=_ENDS),
)
_OTHER = (
    _made("comment on table {t} is 'x';", t=_RELATIONS),
    _made("set search_path = {s};", s=st.sampled_from(["app", "public", "app, public", "nothing"])),
    st.sampled_from(["begin;", "commit;", "rollback;", "reset search_path;"]),
    _made(
        "do $$ begin {s} exception when {w} then null; end $$;",
        s=st.one_of(*_CREATE, *_ALTER),
        w=st.sampled_from(["others", "duplicate_object", "duplicate_table", "undefined_table", "duplicate_column"]),
    ),
)

HISTORY = st.lists(st.one_of(*_CREATE, *_CREATE, *_ALTER, *_ALTER, *_DROP, *_OTHER), min_size=4, max_size=14)
