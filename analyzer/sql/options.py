"""Lists of options: ``(security_invoker = on, fillfactor = 70)``."""

from __future__ import annotations

from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL
from analyzer.sql.lexer import Token


def read_options(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """Names in lower case with their values as text; an option without a value is ``true``."""
    return cursor.in_parens(lambda: _option(cursor))


def _option(cursor: Cursor) -> tuple[str, str]:
    name = cursor.name(NOT_A_LABEL)
    while cursor.take("."):
        name += "." + cursor.name(NOT_A_LABEL)
    value = "true"
    if cursor.take("="):
        value = "".join(spelt(token) for token in cursor.until(","))
    return name.lower(), value


def spelt(token: Token) -> str:
    """A token as a setting's value: a string without its quotes, a word folded."""
    return token.value
