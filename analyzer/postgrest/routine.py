"""Which function a call takes: PostgREST's ``findProc`` for a call with a JSON body or none."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.model.catalog import Function, Parameter
from analyzer.model.record import Record

_WHOLE_BODY = frozenset(("json", "jsonb"))
# An unnamed argument of one of these types takes the whole body; any other keeps the function out of the API.
_UNNAMED = _WHOLE_BODY | {"text", "xml", "bytea"}


class Call(Record, frozen=True):
    """What a call by these argument names comes to.

    ``chosen`` holds the one function that is called, none (PGRST202), or several (PGRST203). ``callable`` are all of that
    name that the API shows.
    """

    chosen: tuple[Function, ...]
    callable: tuple[Function, ...]


def call(functions: Iterable[Function], given: frozenset[str], *, reading: bool = False) -> Call:
    """The function that takes just these arguments; ``reading`` for a call by GET, which sends no body."""
    shown = tuple(each for each in functions if is_shown(each))
    named = tuple(each for each in shown if takes(each, given))
    if not named and not reading:
        named = tuple(each for each in shown if _takes_body(each))
    return Call(named, shown)


def is_shown(function: Function) -> bool:
    """True when the API shows it: no procedure, no trigger, and no unnamed argument but one that takes the body."""
    unnamed = [each for each in function.inputs() if not each.name]
    returns = function.returns.name if function.returns is not None else ""
    if function.procedure or returns in ("trigger", "event_trigger"):
        return False
    return not unnamed or (len(unnamed) == 1 and _plain(unnamed[0]) in _UNNAMED)


def takes(function: Function, given: frozenset[str]) -> bool:
    """True when these are all its required arguments, and none that it does not know."""
    required, optional = arguments(function)
    return required <= given <= required | optional


def arguments(function: Function) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the arguments without a default, and of those with one."""
    inputs = tuple(function.inputs())
    required = frozenset(each.name or "" for each in inputs if not each.default)
    return required, frozenset(each.name or "" for each in inputs if each.default)


def _takes_body(function: Function) -> bool:
    inputs = tuple(function.inputs())
    return len(inputs) == 1 and not inputs[0].name and _plain(inputs[0]) in _WHOLE_BODY


def _plain(parameter: Parameter) -> str:
    return "" if parameter.type.dimensions else parameter.type.name
