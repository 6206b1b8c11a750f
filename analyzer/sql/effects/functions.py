"""CREATE FUNCTION and PROCEDURE."""

from __future__ import annotations

from dataclasses import replace

from analyzer.model.catalog import Function, Parameter
from analyzer.model.events import CreateFunction
from analyzer.model.span import Span
from analyzer.sql.columns import same_type
from analyzer.sql.state import Refusal, State


def create_function(state: State, event: CreateFunction, span: Span) -> None:
    """CREATE FUNCTION: replaces the one overload with the same argument types, where OR REPLACE allows it."""
    schema = state.creation_schema(event.function)
    parameters = tuple(
        Parameter(each.name, replace(state.resolve_type(each.type), modifier=""), each.mode, each.default is not None)
        for each in event.args
    )
    new = Function(
        state.new_oid(),
        schema,
        event.function.name,
        parameters,
        state.resolve_type(event.returns) if event.returns else None,
        bool(event.returns and event.returns.setof) or any(each.mode == "table" for each in event.args),
        event.procedure,
        event.language,
        event.security_definer,
        event.settings,
        event.body,
        place=state.place(event.function.span),
    )
    old = _same_overload(state, new)
    if old is not None and not old.open:
        _refuse_replacing(old, new, event)
        state.remove_function(old)
        new = replace(new, oid=old.oid)
    state.add_function(new)


def _same_overload(state: State, new: Function) -> Function | None:
    oids = state.catalog.function_names.get((new.schema, new.name), ())
    overloads = (state.catalog.functions[oid] for oid in oids)
    return next((each for each in overloads if each.signature == new.signature), None)


def _refuse_replacing(old: Function, new: Function, event: CreateFunction) -> None:
    at = event.function.span
    if not event.replace:
        raise Refusal("42723", f'function "{new.name}" already exists with same argument types', at)
    if old.procedure != new.procedure:
        raise Refusal("42809", "cannot change routine kind", at)
    if not _same_result(old, new):
        raise Refusal("42P13", "cannot change return type of existing function", at)
    for before, after in zip(old.inputs(), new.inputs(), strict=True):
        if before.name is not None and before.name != after.name:
            raise Refusal("42P13", f'cannot change name of input parameter "{before.name}"', at)
        if before.default and not after.default:
            raise Refusal("42P13", "cannot remove parameter defaults from existing function", at)


def _same_result(old: Function, new: Function) -> bool:
    outputs = [
        [(p.name, p.type) for p in each.parameters if p.mode in ("out", "inout", "table")] for each in (old, new)
    ]
    if old.returns is None or new.returns is None:
        return old.returns is new.returns and outputs[0] == outputs[1]
    return old.returns_set == new.returns_set and same_type(old.returns, new.returns) and outputs[0] == outputs[1]


EFFECTS = {CreateFunction: create_function}
