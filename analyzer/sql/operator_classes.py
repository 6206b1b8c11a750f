"""What an index of each kind can be over, unless an operator class is given for the column."""

from __future__ import annotations

from analyzer.model.catalog import Column
from analyzer.model.events import Ref
from analyzer.model.span import Span
from analyzer.sql.keywords import words
from analyzer.sql.state import Refusal, State

_SCALARS = words(
    """
    bigint boolean bytea character date inet integer interval money numeric oid real smallint text uuid
    """
) | {
    "character varying",
    "double precision",
    "time without time zone",
    "time with time zone",
    "timestamp without time zone",
    "timestamp with time zone",
}
_SHAPES = words("box circle json line lseg path point polygon xml")
# What no operator class is the default for: at all, and unless an extension brings one.
_NEVER = {
    "btree": _SHAPES,
    "hash": words("json xml"),
    "gin": _SHAPES | {"tsquery"},
    "gist": words("json jsonb line lseg path xml"),
}
_LENT = {"gin": "btree_gin", "gist": "btree_gist"}
_BROUGHT = {"gin_trgm_ops": "pg_trgm", "gist_trgm_ops": "pg_trgm"}
_MOST_DIMENSIONS = 2000


def refuse_classless(state: State, column: Column, method: str, at: Span) -> None:
    """42704 for a column of a type that an index of this kind can't be over just so."""
    type_ = state.catalog.types.get(column.type.oid or 0)
    plain = column.type.oid is None and not column.type.dimensions
    lent = _LENT.get(method, "")
    without = lent not in state.catalog.extensions and not state.explained(lent, "create", "extension")
    orderless = lent and without and (column.type.name in _SCALARS if plain else type_ and type_.kind == "enum")
    never = plain and column.type.name in _NEVER.get(method, ())
    vector = method == "hnsw" and type_ is not None and type_.managed and type_.name == "vector"
    if (orderless and not column.type.dimensions) or never or vector:
        spelt = state.catalog.spell(column.type)
        message = f'data type {spelt} has no default operator class for access method "{method}"'
        raise Refusal("42704", message, at)


def refuse_missing_class(state: State, given: Ref, method: str) -> None:
    """42704 for an operator class of an extension that is not there."""
    brings = _BROUGHT.get(given.name)
    if (
        brings is not None
        and brings not in state.catalog.extensions
        and not state.explained(brings, "create", "extension")
    ):
        message = f'operator class "{given}" does not exist for access method "{method}"'
        raise Refusal("42704", message, given.span)


def refuse_dimensions(state: State, column: Column, method: str, at: Span) -> None:
    """54000 for vectors that are too long to be kept in an index, 22023 where it is not said how long they are."""
    type_ = state.catalog.types.get(column.type.oid or 0)
    if type_ is None or not type_.managed or type_.name != "vector" or column.type.dimensions:
        return
    size = column.type.modifier.strip("()")
    if not size:
        raise Refusal("22023", "column does not have dimensions", at)
    if size.isdecimal() and int(size) > _MOST_DIMENSIONS:
        message = f"column cannot have more than {_MOST_DIMENSIONS} dimensions for {method} index"
        raise Refusal("54000", message, at)
