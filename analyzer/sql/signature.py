"""A routine as CREATE FUNCTION describes it, its types resolved: for migrations, and for what Supabase ships."""

from __future__ import annotations

from dataclasses import replace

from analyzer.model.catalog import Function, Oid, Parameter
from analyzer.model.events import CreateFunction
from analyzer.sql.state import State


def resolve_function(state: State, event: CreateFunction, schema: Oid) -> Function:
    """The function under a new oid, not entered yet; refuses an unknown type."""
    parameters = tuple(
        Parameter(each.name, replace(state.resolve_type(each.type), modifier=""), each.mode, each.default is not None)
        for each in event.args
    )
    return Function(
        state.new_oid(),
        schema,
        event.function.name,
        parameters,
        replace(state.resolve_type(event.returns), modifier="") if event.returns else None,
        bool(event.returns and event.returns.setof) or any(each.mode == "table" for each in event.args),
        event.procedure,
        event.language,
        event.security_definer,
        event.settings,
        event.body,
        place=state.place(event.function.span),
    )
