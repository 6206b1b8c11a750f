"""Arguments of functions, in CREATE and wherever a function is named with its types."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events import Argument, Ref, TypeRef
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_FUNCTION, RESERVED
from analyzer.sql.types import read_routine_type

Mode = Literal["in", "out", "inout", "variadic", "table"]
_MODES: dict[str, Mode] = {"in": "in", "out": "out", "inout": "inout", "variadic": "variadic"}


def read_arguments(cursor: Cursor) -> tuple[Argument, ...]:
    """``( … )`` with modes, names and defaults in every order that PostgreSQL takes."""
    cursor.must("(")
    if cursor.take(")"):
        return ()
    arguments = cursor.listed(lambda: read_argument(cursor))
    cursor.must(")")
    return arguments


def read_argument(cursor: Cursor) -> Argument:
    """One argument; the mode may stand before or after the name."""
    mode = _mode(cursor)
    name = _argument_name(cursor)
    mode = mode or _mode(cursor)
    kind = read_routine_type(cursor)
    default = None
    if cursor.take("default") or cursor.take("="):
        default = cursor.text_until(",")
    return Argument(kind, name, mode or "in", default)


def _mode(cursor: Cursor) -> Mode | None:
    word = cursor.key
    if word not in _MODES or (word != "in" and cursor.ahead().key in (",", ")", ".", "%")):
        return None
    cursor.step()
    if word == "in" and cursor.take("out"):
        return "inout"
    return _MODES[word]


def _argument_name(cursor: Cursor) -> str | None:
    """The name, when what comes next is not already the type: a type follows it, or a mode."""
    token, following = cursor.token, cursor.ahead()
    if token.kind not in ("word", "quoted") or token.key in NOT_A_FUNCTION:
        return None
    if following.kind == "quoted" or following.key in _MODES:
        return cursor.name(NOT_A_FUNCTION)
    if following.kind != "word" or following.key in RESERVED or (token.key, following.key) == ("double", "precision"):
        return None
    return cursor.name(NOT_A_FUNCTION)


def read_routine_name(cursor: Cursor) -> Ref:
    """The name of a routine that is there; without parentheses behind it more words can be one."""
    return cursor.ref(NOT_A_FUNCTION if cursor.ahead().key == "(" else RESERVED)


def read_signature(cursor: Cursor) -> tuple[TypeRef, ...] | None:
    """The input types of ``( … )`` behind a function's name; None when there are no parentheses, or ``(*)``."""
    if cursor.key != "(":
        return None
    if cursor.take("(", "*", ")"):
        return None
    arguments = read_arguments(cursor)
    return tuple(each.type for each in arguments if each.mode != "out")


def read_aggregated(cursor: Cursor) -> tuple[TypeRef, ...]:
    """The types that an aggregate takes: ``(int, order by text)`` or ``(*)``."""
    cursor.must("(")
    if cursor.take("*"):
        cursor.must(")")
        return ()
    found: list[TypeRef] = []
    while not cursor.take(")"):
        cursor.take("order", "by")
        found.append(read_argument(cursor).type)
        cursor.take(",")
    return tuple(found)
