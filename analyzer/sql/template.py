"""PostgreSQL's ``format()``, ``quote_ident()`` and ``quote_literal()`` of values that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.sql.keywords import COLUMN_NAME, RESERVED, TYPE_OR_FUNCTION

_FIELD = re.compile(r"%(?:(\d+)\$)?([ILs%])")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_QUOTED = RESERVED | TYPE_OR_FUNCTION | COLUMN_NAME


def fill(template: str, arguments: Sequence[str]) -> str | None:
    """The text that ``format(template, …)`` gives; None when an argument is not there."""
    position = last = 0
    pieces: list[str] = []
    for match in _FIELD.finditer(template):
        pieces.append(template[last : match.start()])
        last = match.end()
        if match[2] == "%":
            pieces.append("%")
            continue
        position = int(match[1]) if match[1] else position + 1
        if not 0 < position <= len(arguments):
            return None
        pieces.append(quote(arguments[position - 1], match[2]))
    return "".join(pieces) + template[last:]


def quote(text: str, how: str) -> str:
    """The text as ``%I`` (an identifier), ``%L`` (a literal) or ``%s`` (as it is) writes it."""
    if how == "L":
        return "'" + text.replace("'", "''") + "'"
    if how == "s" or (_PLAIN.fullmatch(text) and text not in _QUOTED):
        return text
    return '"' + text.replace('"', '""') + '"'
