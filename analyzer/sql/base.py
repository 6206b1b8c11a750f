"""What a fresh Supabase database holds before the first migration, and what each extension brings; from ``base.json``."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec.structs import replace

from analyzer.model.access import PUBLIC, Access, Right
from analyzer.model.catalog import (
    Catalog,
    Column,
    Constraint,
    Function,
    Index,
    Oid,
    Publication,
    Relation,
    Type,
    TypeUse,
)
from analyzer.model.events import CreateFunction
from analyzer.sql.lexer import lex
from analyzer.sql.rights import API_ROLES, supabase_defaults
from analyzer.sql.signature import resolve_function
from analyzer.sql.split import split
from analyzer.sql.state import State
from analyzer.sql.statement import read_statement

# Tables that Supabase ships keep changing, so a column that is not in the file may still be there: they are open.
_SPACE = re.compile(r"(.*?)(\(\d+(?:,\d+)?\))?((?:\[\])*)$")


@cache
def _facts() -> dict[str, Any]:
    text = files("analyzer.sql").joinpath("base.json").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts


_USABLE = ("public", "auth", "extensions", "graphql", "graphql_public", "realtime", "storage")


def base_state(*, exposed: bool | None = True) -> State:
    """A new state that holds what Supabase ships, and nothing of the project's; ``exposed`` as ``supabase_defaults`` has it."""
    state = State(Catalog())
    facts = _facts()
    for name in facts["schemas"]:
        _enter_schema(state, name)
    state.rights.roles.update(dict.fromkeys(facts["roles"], True))
    state.rights.defaults.update(supabase_defaults(state.catalog.schema_names["public"], exposed=exposed))
    for schema, name, arguments, returns in facts["functions"]:
        event = _function_event(f"{schema}.{name}({arguments}) returns {returns}")
        function = resolve_function(state, event, _schema(state, schema))
        # Arguments have changed between versions of Supabase: only a function without any is known for sure.
        state.add_function(replace(function, managed=True, open=bool(arguments), place=None))
    for qualified, relation in facts["relations"].items():
        _enter_relation(state, qualified, relation)
    for name, schema in facts["extensions_installed"]:
        state.catalog.extensions[name] = schema
    for name in facts["publications"]:
        state.catalog.publications[name] = Publication(name, managed=True)
    return state


@cache
def shipped_tables() -> Catalog:
    """The relations and types that Supabase ships, without the functions, which take longer to read; not to be changed."""
    state = State(Catalog())
    for name in _facts()["schemas"]:
        _enter_schema(state, name)
    for qualified, relation in _facts()["relations"].items():
        _enter_relation(state, qualified, relation)
    return state.catalog


def _enter_schema(state: State, name: str) -> None:
    schema = state.add_schema(name, managed=name != "public")
    if name in _USABLE:
        who = (*API_ROLES, PUBLIC) if name == "public" else API_ROLES
        usage: dict[Right, bool | None] = {(role, "usage", 0): True for role in who}
        state.catalog.access[schema.oid] = Access("schema", usage, False if name == "public" else None)


def is_known_extension(name: str) -> bool:
    """True when we know what the extension brings."""
    return name in _facts()["extensions_available"]


def own_schema(name: str) -> str | None:
    """The schema that an extension makes for itself, None for one that goes where it is told."""
    if name == "plpgsql":
        return "pg_catalog"
    made = _facts()["extensions_available"].get(name, {}).get("new_schemas") or [None]
    schema: str | None = made[0]
    return schema


def enter_extension(state: State, name: str, schema: str) -> tuple[Oid, ...]:
    """Add what the extension brings, and say which; what the file lists under ``extensions`` goes to ``schema``."""
    brought = _facts()["extensions_available"][name]
    before = state.new_oid()
    for new_schema in brought["new_schemas"]:
        if new_schema not in state.catalog.schema_names:
            state.add_schema(new_schema, managed=True)
    for qualified in brought["types"]:
        home, _, type_name = qualified.partition(".")
        oid = _schema(state, schema if home == "extensions" else home)
        state.add_type(Type(state.new_oid(), oid, type_name, "base", managed=True))
    for qualified in brought["functions"]:
        home, _, function_name = qualified.partition(".")
        oid = _schema(state, schema if home == "extensions" else home)
        state.add_function(Function(state.new_oid(), oid, function_name, managed=True, open=True))
    for qualified in brought.get("relations", ()):
        home, _, name_ = qualified.partition(".")
        oid = _schema(state, schema if home == "extensions" else home)
        state.add_relation(Relation(state.new_oid(), oid, name_, "table", open=True, managed=True))
    return tuple(range(before + 1, state.new_oid()))


def _schema(state: State, name: str) -> Oid:
    oid = state.catalog.schema_names.get(name)
    return oid if oid is not None else state.add_schema(name, managed=True).oid


@cache
def _function_event(signature: str) -> CreateFunction:
    script = lex(f"create function {signature}")
    event = read_statement(script, next(split(script))).event
    assert isinstance(event, CreateFunction)
    return event


def _enter_relation(state: State, qualified: str, facts: dict[str, Any]) -> None:
    schema_name, _, name = qualified.partition(".")
    schema = _schema(state, schema_name)
    columns = tuple(
        Column(number, each[0], _type(state, schema_name, each[1]), nullable="not null" not in each)
        for number, each in enumerate(facts["columns"], 1)
    )
    relation = state.add_relation(
        Relation(
            state.new_oid(),
            schema,
            name,
            "partitioned_table" if facts["kind"] == "partitioned table" else "table",
            columns,
            rls=schema_name in ("auth", "storage", "realtime"),
            managed=True,
            open=True,
            next_number=len(columns) + 1,
        )
    )
    if facts["primary_key"]:
        _enter_key(state, relation, facts["primary_key"])


def _enter_key(state: State, relation: Relation, names: list[str]) -> None:
    numbers = tuple(column.number for name in names if (column := relation.column(name)))
    index = Index(
        state.new_oid(), relation.schema, f"{relation.name}_pkey", relation.oid, numbers, unique=True, constraint=True
    )
    state.add_index(index)
    state.change(relation, constraints=(Constraint(index.name, "primary key", numbers, index=index.oid),))


def _type(state: State, schema: str, spelt: str) -> TypeUse:
    match = _SPACE.match(spelt)
    assert match is not None
    name, modifier, brackets = match.groups()
    home, dot, bare = name.partition(".")
    named_here = "_" in name and " " not in name
    if not dot and not named_here:
        return TypeUse(name, None, modifier or "", len(brackets) // 2)
    oid = _schema(state, home if dot else schema)
    key = (oid, bare if dot else name)
    if key not in state.catalog.type_names:
        state.add_type(Type(state.new_oid(), oid, key[1], "base", managed=True))
    return TypeUse(key[1], state.catalog.type_names[key], modifier or "", len(brackets) // 2)
