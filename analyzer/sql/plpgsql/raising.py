"""What RAISE raises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.model.events import Raise
from analyzer.model.span import Span
from analyzer.sql.lexer import Token
from analyzer.sql.plpgsql.conditions import CODES

_QUIET = frozenset(("notice", "warning", "info", "log", "debug"))
_CODE = re.compile(r"[0-9A-Z]{5}")


def read_raise(tokens: Sequence[Token], span: Span) -> Raise | None:
    """The error that the statement raises; None for a message that is only shown."""
    if len(tokens) == 1:
        return Raise("", span, "")
    if tokens[1].key in _QUIET:
        return None
    message = next((token.value for token in tokens if token.kind == "string"), "")
    return Raise(message, span, _sqlstate(tokens[1:]))


def _sqlstate(tokens: Sequence[Token]) -> str | None:
    keys = [token.key for token in tokens]
    if "errcode" in keys:
        value = tokens[keys.index("errcode") + 2 : keys.index("errcode") + 3]
        return _named(value[0].value) if value and value[0].kind == "string" else None
    if keys[0] == "exception":
        tokens = tokens[1:]
    if not tokens:
        return None
    if tokens[0].kind == "string" or tokens[0].key == "using":
        return "P0001"
    if tokens[0].key == "sqlstate" and len(tokens) > 1:
        return _named(tokens[1].value)
    return _named(tokens[0].value)


def _named(name: str) -> str | None:
    return CODES.get(name.lower()) or (name if _CODE.fullmatch(name) else None)
