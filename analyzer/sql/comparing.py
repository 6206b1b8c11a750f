"""Comparisons that PostgreSQL has no operator for, or whose literal is no value of the other side's type."""

from __future__ import annotations

from analyzer.model.catalog import Type, TypeUse
from analyzer.model.events import Ref
from analyzer.model.query import SourceName
from analyzer.model.span import Span
from analyzer.sql.literals import sqlstate_of
from analyzer.sql.state import Refusal, State

FAMILIES: dict[str, str] = {
    **dict.fromkeys(("text", "character varying", "character", "name"), "text"),
    **dict.fromkeys(("smallint", "integer", "bigint", "numeric", "real", "double precision"), "number"),
    **dict.fromkeys(("date", "timestamp without time zone", "timestamp with time zone"), "moment"),
    "uuid": "uuid",
    "boolean": "boolean",
    "jsonb": "jsonb",
}
_GIVEN: dict[tuple[str | None, str], str] = {
    ("auth", "uid"): "uuid",
    ("auth", "role"): "text",
    ("auth", "email"): "text",
    ("auth", "jwt"): "jsonb",
    (None, "now"): "timestamp with time zone",
    (None, "gen_random_uuid"): "uuid",
    (None, "uuid_generate_v4"): "uuid",
    ("extensions", "uuid_generate_v4"): "uuid",
    **{(None, each): "timestamp with time zone" for each in ("clock_timestamp", "statement_timestamp")},
    (None, "lower"): "text",
    (None, "upper"): "text",
}

# How PostgreSQL says what is wrong with a literal, by SQLSTATE.
_MESSAGES = {
    "22P02": 'invalid input syntax for type {type}: "{text}"',
    "22007": 'invalid input syntax for type {type}: "{text}"',
    "22003": 'value "{text}" is out of range for type {type}',
    "22008": 'date/time field value out of range: "{text}"',
}


def refuse_operator(state: State, one: TypeUse, other: TypeUse, at: Span) -> None:
    """42883 where no operator compares values of these types."""
    left, right = _family(state, one), _family(state, other)
    if left is not None and right is not None and left != right and not state.own_casts:
        spelt = f"{state.catalog.spell(one)} = {state.catalog.spell(other)}"
        raise Refusal("42883", f"operator does not exist: {spelt}", at)


def _family(state: State, use: TypeUse) -> str | int | None:
    if use.dimensions:
        return None
    if use.oid is None:
        return FAMILIES.get(use.name)
    return use.oid if enum_of(state, use) is not None else None


def enum_of(state: State, use: TypeUse) -> Type | None:
    """The enum, where the type is one."""
    type_ = state.catalog.types.get(use.oid or 0)
    return type_ if type_ is not None and type_.kind == "enum" and not use.dimensions else None


def refuse_literal(state: State, use: TypeUse, text: str, at: Span) -> None:
    """22P02 or 22007 for a literal that is surely no value of the type."""
    enum = enum_of(state, use)
    if enum is not None:
        refuse_label(state, enum, text, at)
    elif (use.oid is None or use.dimensions) and (sqlstate := sqlstate_of(use.name, text, array=bool(use.dimensions))):
        raise Refusal(sqlstate, _MESSAGES[sqlstate].format(text=text, type=state.catalog.spell(use)), at)


def refuse_label(state: State, enum: Type, text: str, at: Span) -> None:
    """22P02 for a text that is none of the labels, 55P04 for one that the transaction has only just made."""
    if (enum.oid, text) in state.fresh:
        raise Refusal("55P04", f'unsafe use of new value "{text}" of enum type {enum.name}', at)
    known = not enum.managed and text not in enum.labels and not state.explained(enum.name, "add", "value")
    if known and not state.explained(enum.name, "rename", "value"):
        raise Refusal("22P02", f'invalid input value for enum {enum.name}: "{text}"', at)


def given_by(state: State, function: SourceName) -> TypeUse | None:
    """The type of what a function gives; None where that can't be told."""
    overloads = state.find_functions(Ref(function.schema, function.name, function.span))
    known = _GIVEN.get((function.schema, function.name))
    if known is not None and (function.schema is not None or all(each.managed for each in overloads)):
        return TypeUse(known)
    if len(overloads) != 1 or state.explained(function.name, "create", "function"):
        return None
    only = overloads[0]
    sure = not (only.open or only.managed or only.returns_set or only.procedure or only.aggregate)
    return only.returns if sure else None
