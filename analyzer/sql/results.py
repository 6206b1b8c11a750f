"""What a function in SQL gives back, beside what it says that it gives."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.model.catalog import Function, TypeUse
from analyzer.model.events import CreateFunction, Need
from analyzer.sql.assigning import becomes
from analyzer.sql.resolve import Given, Rows, resolve_query
from analyzer.sql.state import Refusal, State
from analyzer.sql.types import is_builtin

_ANY = frozenset(("void", "record", "trigger", "event_trigger", "refcursor", "unknown"))


def refuse_result(state: State, function: Function, event: CreateFunction, within: Sequence[Rows]) -> None:
    """42P13 where the last SELECT of the body certainly gives other columns than the function returns."""
    last = event.statements[-1].event if event.statements else None
    wanted = _wanted(state, function)
    if wanted is None or not isinstance(last, Need) or last.kind != "select" or len(last.reads) != 1:
        return
    given = resolve_query(state, last.reads[0], within)
    if not given.open and not _fits(state, given.columns, wanted, whole=function.returns):
        message = f"return type mismatch in function {function.name}"
        raise Refusal("42P13", message, event.function.span)


def _fits(state: State, given: Sequence[Given], wanted: Sequence[TypeUse], whole: TypeUse | None) -> bool:
    if len(given) == len(wanted):
        return all(becomes(state, each.type, type_) for each, type_ in zip(given, wanted, strict=True))
    # One value may be the whole row: surely none is a column of a type without fields.
    composite = len(given) == 1 and (whole is None or whole.oid is not None)
    return composite and (given[0].type.oid is not None or (whole is not None and given[0].base is None))


def _wanted(state: State, function: Function) -> Sequence[TypeUse] | None:
    """The types of the columns; None where any will do, or it can't be told."""
    if function.open or any(each.mode in ("out", "inout") for each in function.parameters):
        return None
    table = [each.type for each in function.parameters if each.mode == "table"]
    returns = function.returns
    if table or returns is None:
        return table or None
    if returns.oid is None:
        plain = is_builtin(returns.name) and returns.name not in _ANY and not returns.name.startswith("any")
        return [returns] if plain else None
    type_ = state.catalog.types.get(returns.oid)
    relation = state.catalog.relations.get(returns.oid)
    if type_ is not None:
        return [each.type for each in type_.attributes] if type_.kind == "composite" else None
    return [each.type for each in relation.columns] if relation is not None and not relation.open else None
