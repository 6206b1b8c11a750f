"""The variables that a statement in plpgsql sets: one that is not declared is refused as soon as the body is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.sql.keywords import STATEMENT_STARTS, words
from analyzer.sql.plpgsql.outline import Outline

ALWAYS = words(
    """
    found new old sqlstate sqlerrm tg_name tg_when tg_level tg_op tg_relid tg_relname tg_table_name tg_table_schema
    tg_nargs tg_argv tg_event tg_tag
    """
)
UNKNOWN = '"{}" is not a known variable'
_SYNTAX = 'syntax error at or near "{}"'
# What else may stand before INTO and names no variable there.
_FILLED = frozenset(("insert", "merge"))
# Statements of plpgsql's own, of which INTO is none or is not looked at when the body is read.
_OWN = words(
    """
    alias assert begin call case close commit constant continue declare do else elsif elseif end exception exit for
    foreach get if import into loop move null open perform raise return rollback then until when while
    """
)
_ROWS = words("select with execute ( values insert update delete")
_INTO = re.compile("i")

Target = tuple[int, str]
"""The token that has to name a variable, and what is said where it does not."""


def set_by(outline: Outline, start: int, end: int) -> Iterator[Target]:
    """The variables that the statement between these tokens sets; what it has to begin with, if it is no statement of SQL."""
    keys = outline.keys
    key = keys[start]
    if key == "get" and "diagnostics" in keys[start:end]:
        yield keys.index("diagnostics", start) + 1, UNKNOWN
    elif keys[start + 1] in (":=", "="):
        yield start, UNKNOWN
    elif key in _OWN:
        return
    elif key in STATEMENT_STARTS:
        yield from _filled(outline, start, end)
    else:
        yield start, UNKNOWN if keys[start + 1] in ("[", ".") else _SYNTAX


def _filled(outline: Outline, start: int, end: int) -> Iterator[Target]:
    """Each name after INTO."""
    keys = outline.keys
    for at in (match.start() for match in _INTO.finditer(outline.letters, start, end)):
        if keys[at - 1] in _FILLED:
            continue
        target = at + 2 if keys[at + 1] == "strict" else at + 1
        while target < end and outline.name(target):
            yield target, UNKNOWN
            target += 1
            while keys[target] == ".":
                target += 2
            if keys[target] != ",":
                break
            target += 1


def set_by_loop(outline: Outline, start: int, end: int) -> tuple[Target | None, str]:
    """The variable that a loop has to find, or the name of the one that it brings itself."""
    keys = outline.keys
    if keys[start] == "foreach":
        return (start + 1, "loop variable of FOREACH must be a known variable or list of variables"), ""
    if keys[start] != "for":
        return None, ""
    behind = keys.index("in", start, end) + 1 if "in" in keys[start:end] else start
    if keys[behind] not in _ROWS or ".." in keys[behind:end]:
        return None, outline.name(start + 1)
    known = "loop variable of loop over rows must be a record variable or list of scalar variables"
    return ((start + 1, known) if keys[start + 2] in ("in", ",") else None), ""
