"""Types that a command names."""

from __future__ import annotations

from analyzer.model.catalog import Type
from analyzer.model.events import Ref
from analyzer.sql.state import Refusal, State


def need_type(state: State, ref: Ref) -> Type | None:
    """The type that a command names, None when it can't be known; 42704 when there is none."""
    oid = state.find_type(ref)
    if oid is not None:
        return state.catalog.types.get(oid)
    if ref.schema is not None:
        state.need_schema(ref.schema, ref.span)
    if state.explained(ref.name, "create", "type"):
        return None
    raise Refusal("42704", f'type "{ref}" does not exist', ref.span, state.missing_type(ref))
