"""CREATE AGGREGATE."""

from __future__ import annotations

from analyzer.model.events import Argument, CreateFunction, Event, Ref, TypeRef
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_FUNCTION, NOT_A_LABEL
from analyzer.sql.lexer import Token
from analyzer.sql.routine import read_argument
from analyzer.sql.types import read_type


def _create(cursor: Cursor) -> Event:
    name = cursor.ref(NOT_A_FUNCTION)
    arguments = _arguments(cursor) if cursor.ahead(2).key != "=" else None
    options = dict(cursor.in_parens(lambda: _option(cursor)))
    if arguments is None:
        base = options.get("basetype")
        arguments = () if base is None or base[0].key in ("*", "") else (Argument(_type(cursor, base)),)
    state, steps = options.get("stype"), options.get("sfunc")
    returns = _type(cursor, state) if state and "finalfunc" not in options else None
    replaces = "replace" in cursor.modifiers
    return CreateFunction(
        name, arguments, returns, "internal", None, replaces, aggregate=_function(cursor, name, steps)
    )


def _arguments(cursor: Cursor) -> tuple[Argument, ...]:
    """``(int, order by text)`` or ``(*)``."""
    cursor.must("(")
    if cursor.take("*"):
        cursor.must(")")
        return ()
    found: list[Argument] = []
    while not cursor.take(")"):
        cursor.take("order", "by")
        found.append(read_argument(cursor))
        cursor.take(",")
    return tuple(found)


def _option(cursor: Cursor) -> tuple[str, list[Token]]:
    name = cursor.name(NOT_A_LABEL).lower()
    return name, cursor.until(",") if cursor.take("=") else []


def _type(cursor: Cursor, tokens: list[Token]) -> TypeRef:
    return read_type(Cursor(cursor.script, [*tokens, Token("end", "", "", tokens[-1].end, tokens[-1].end)]))


def _function(cursor: Cursor, name: Ref, tokens: list[Token] | None) -> Ref:
    if not tokens:
        return name
    span = cursor.script.span(tokens[0].start, tokens[-1].end)
    return Ref(tokens[-3].value if len(tokens) > 2 else None, tokens[-1].value, span)


READERS = {"create aggregate": _create}
