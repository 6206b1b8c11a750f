"""``SET name TO value``: alone, in a function, in ALTER FUNCTION."""

from __future__ import annotations

import re

from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL
from analyzer.sql.lexer import fold

_PATH_ITEM = re.compile(r'"((?:[^"]|"")*)"|[^,\s"]+')


def read_assignment(cursor: Cursor, stops: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...] | None]:
    """A setting's name and its values; None for DEFAULT, FROM CURRENT and what has no such form.

    ``stops`` are the words that end a setting without parentheses or commas of its own (``TIME ZONE``).
    """
    if cursor.take("time", "zone"):
        cursor.until(*stops)
        return "timezone", None
    name = cursor.name(NOT_A_LABEL)
    while cursor.take("."):
        name += "." + cursor.name(NOT_A_LABEL)
    if cursor.take("from", "current"):
        return name, None
    cursor.must_any("to", "=")
    if cursor.take("default"):
        return name, None
    return name, cursor.listed(lambda: _value(cursor))


def _value(cursor: Cursor) -> str:
    sign = cursor.take_any("+", "-")
    token = cursor.token
    if token.kind in ("string", "number", "quoted", "word", "param"):
        return sign + cursor.step().value
    cursor.refuse()


def split_path(value: str) -> tuple[str, ...]:
    """The schemas of a search path that is given as one string."""
    return tuple(
        found[1].replace('""', '"') if found[1] is not None else fold(found[0]) for found in _PATH_ITEM.finditer(value)
    )
