"""Types that a command names."""

from __future__ import annotations

from analyzer.model.catalog import Relation, Type
from analyzer.model.events import Ref
from analyzer.sql.state import Refusal, State


def need_type(state: State, ref: Ref, sqlstate: str = "42704") -> Type | None:
    """The type that a command names, None when it can't be known, or is a table's row type.

    Refused with ``sqlstate`` when there is none, with 3F000 when its schema is not there.
    """
    oid = state.find_type(ref)
    if oid is not None:
        return state.catalog.types.get(oid)
    if ref.schema is not None:
        state.need_schema(ref.schema, ref.span)
    if state.explained(ref.name, "create", "type"):
        return None
    what = "type" if sqlstate == "42704" else "relation"
    raise Refusal(sqlstate, f'{what} "{ref}" does not exist', ref.span, state.missing_type(ref))


def need_own_type(state: State, ref: Ref, sqlstate: str = "42704") -> Type | None:
    """The same; 42809 for a table's row type, which only changes with its table."""
    type_ = need_type(state, ref, sqlstate)
    if type_ is None and (relation := row_type(state, ref)) is not None:
        raise Refusal("42809", f"{relation.name} is a table's row type", ref.span)
    return type_


def row_type(state: State, ref: Ref) -> Relation | None:
    """The relation whose rows are of the type that a command names."""
    relation = state.catalog.relations.get(state.find_type(ref) or 0)
    return None if relation is None or relation.open or state.imagined(relation.oid) else relation
