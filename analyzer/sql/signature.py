"""A routine as CREATE FUNCTION describes it, its types resolved: for migrations, and for what Supabase ships."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Function, Oid, Parameter
from analyzer.model.events import CreateFunction
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.state import Refusal, State


def resolve_function(state: State, event: CreateFunction, schema: Oid) -> Function:
    """The function under a new oid, not entered yet; refuses an unknown type."""
    _refuse_gap_in_defaults(event)
    _refuse_same_names(event)
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
        aggregate=event.aggregate is not None,
        needs=_steps(state, event),
        volatility=event.volatility,
    )


def _refuse_gap_in_defaults(event: CreateFunction) -> None:
    """42P13 for an input without a default behind one that has one."""
    given = [each.default is not None for each in event.args if each.mode in ("in", "inout")]
    if True in given and not all(given[given.index(True) :]):
        message = "input parameters after one with a default value must also have defaults"
        raise Refusal("42P13", message, event.function.span)


def _refuse_same_names(event: CreateFunction) -> None:
    """42P13 for two inputs, or two outputs, of one name, and for OUT beside RETURNS TABLE."""
    if {"table"} < {each.mode for each in event.args} - {"in", "variadic"}:
        message = "OUT and INOUT arguments aren't allowed in TABLE functions"
        raise Refusal("42601", message, event.function.span)
    for modes in (("in", "inout", "variadic"), ("out", "inout", "table")):
        names = [each.name for each in event.args if each.name and each.mode in modes]
        for name in names:
            if names.count(name) > 1:
                raise Refusal("42P13", f'parameter name "{name}" used more than once', event.function.span)


def _steps(state: State, event: CreateFunction) -> frozenset[Oid]:
    """The function that an aggregate steps with, where there is but one of its name; 42883 where there is none."""
    if event.aggregate is None:
        return frozenset()
    overloads = state.find_functions(event.aggregate)
    name = event.aggregate.name
    known = (
        event.aggregate.schema is not None or is_builtin_function(name) or state.explained(name, "create", "function")
    )
    if not overloads and not known:
        raise Refusal("42883", f"function {event.aggregate} does not exist", event.aggregate.span)
    return frozenset(each.oid for each in overloads) if len(overloads) == 1 else frozenset()
