"""Which function a name with argument types, or without, stands for."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.model.catalog import Function, Missing, TypeUse
from analyzer.model.events import Ref, TypeRef
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.state import SYSTEM_SCHEMAS, Refusal, State


def fitting_overloads(state: State, name: Ref, args: tuple[TypeRef, ...] | None) -> tuple[Function, ...]:
    """The overloads that the name and the types may mean; all of that name where no types are given."""
    overloads = state.find_functions(name)
    if args is None:
        return overloads
    wanted = _plain(state.resolve_type(each) for each in args)
    return tuple(each for each in overloads if wanted in (_plain(each.signature), _plain(_listed(each))))


def _listed(function: Function) -> Iterable[TypeUse]:
    """The types with those of OUT arguments: they may be given, too."""
    return (parameter.type for parameter in function.parameters if parameter.mode != "table")


def _plain(types: Iterable[TypeUse]) -> list[tuple[int | str, int]]:
    return [(use.oid or use.name, use.dimensions) for use in types]


def need_routine(state: State, name: Ref, args: tuple[TypeRef, ...] | None) -> Function | None:
    """The one function that is meant, None when it can't be told; 42883 when there is none, 42725 when there are more."""
    fitting = fitting_overloads(state, name, args)
    if len(fitting) > 1 and args is None:
        if state.explained(name.name, "drop", "function"):
            return None
        raise Refusal("42725", f'function name "{name}" is not unique', name.span)
    if fitting:
        return fitting[0]
    if name.schema is not None:
        state.need_schema(name.schema, name.span)
    if _may_be_there(state, name):
        return None
    missing = Missing("function", name.schema or "public", name.name)
    raise Refusal("42883", missing_message(state, name, args), name.span, missing)


def refuse_other_routine(function: Function | None, kind: str, name: Ref) -> None:
    """42809 when a procedure or an aggregate is called a function, or the other way round; ROUTINE may be said of all."""
    if function is None or function.open or kind == "routine":
        return
    is_ = "aggregate" if function.aggregate else "procedure" if function.procedure else "function"
    if is_ != kind:
        raise Refusal("42809", f"{name} is not a{'n' * (kind[0] == 'a')} {kind}", name.span)


def _may_be_there(state: State, name: Ref) -> bool:
    overloads = state.find_functions(name)
    if any(each.open for each in overloads) or state.explained(name.name, "create", "function"):
        return True
    if name.schema is None:
        return is_builtin_function(name.name)
    oid = state.catalog.schema_names[name.schema]
    return name.schema in SYSTEM_SCHEMAS or state.catalog.schemas[oid].managed


def missing_message(state: State, name: Ref, args: tuple[TypeRef, ...] | None) -> str:
    """What PostgreSQL says of a function that is not there."""
    if args is None:
        return f'could not find a function named "{name}"'
    types = ", ".join(state.catalog.spell(state.resolve_type(each)) for each in args)
    return f"function {name}({types}) does not exist"
