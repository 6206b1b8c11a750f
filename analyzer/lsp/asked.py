"""What the text before the cursor asks to be completed; the text is unfinished, so that no parser would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from analyzer.model.record import Record

Kind = Literal["relation", "bucket", "function", "column", "selected", "argument", "edge_function"]

_FILTERS = frozenset(
    (
        *("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "is", "in", "filter", "not", "order"),
        *("contains", "containedBy", "overlaps", "textSearch", "likeAllOf", "likeAnyOf", "ilikeAllOf", "ilikeAnyOf"),
        *("rangeGt", "rangeGte", "rangeLt", "rangeLte", "rangeAdjacent", "isDistinct"),
    )
)
_ROWS = frozenset(("insert", "update", "upsert", "match"))
_STRING = re.compile(r"""\.\s*(\w+)\s*\(\s*(['"`])([^'"`]*)$""")
_OBJECT = re.compile(r"""\.\s*(\w+)\s*\(\s*(?:(['"])(\w+)\2\s*,\s*)?\[?\s*$""")
_KEY = re.compile(r"""[{,]\s*['"]?(\w*)$""")
_LINK = re.compile(r"""\.\s*(\w+)\s*(?:<[^<>()]*>)?\s*$""")
_VARIABLE = re.compile(r"\b(\w+)\s*$")
_NAME = re.compile(r"""^\s*(['"`])([^'"`]*)\1""")
_FARTHEST = 4000
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class Asked(Record, frozen=True):
    """What may stand at the cursor. ``within`` are the embeds that a select list or a filter is in, the outermost first.

    ``schema`` and ``table`` are those of the call, empty where they are not said; for ``argument`` the table is the function.
    """

    kind: Kind
    schema: str = ""
    table: str = ""
    within: tuple[str, ...] = ()


def asked(before: str) -> Asked | None:
    """What the text before the cursor asks for; None where that is nothing of the schema."""
    before = before[-_FARTHEST:]
    string = _STRING.search(before)
    if string is not None:
        return _in_string(before, string)
    key = _KEY.search(before)
    opened = _opened(before, key.start() + (before[key.start()] == "{")) if key else None
    call = _OBJECT.search(before, 0, opened) if opened is not None else None
    if call is None:
        return None
    if call[1] == "rpc" and call[3]:
        return Asked("argument", _said(before, call.start(), "schema"), call[3])
    if call[1] in _ROWS:
        return Asked("column", *_table(before, call.start()))
    return None


def _in_string(before: str, string: re.Match[str]) -> Asked | None:
    method, text = string[1], string[3]
    schema, table = _table(before, string.start())
    if method == "from":
        receiver = _VARIABLE.search(before, 0, string.start())
        stored = receiver is not None and receiver[1] == "storage"
        return Asked("bucket") if stored else Asked("relation", _said(before, string.start(), "schema"))
    if method == "rpc":
        return Asked("function", _said(before, string.start(), "schema"))
    if method == "invoke":
        return Asked("edge_function")
    if method == "select" and table:
        return Asked("selected", schema, table, _within(text))
    embeds = tuple(text.split(".")[:-1])
    return Asked("column", schema, table, embeds) if method in _FILTERS and table else None


def _within(select: str) -> tuple[str, ...]:
    """The embeds whose brackets are open at the end of a select list."""
    opened: list[str] = []
    for match in re.finditer(r"([\w.]*)(?:!\w+)*\s*\(|\)", select):
        if match[0] == ")":
            del opened[-1:]
        else:
            opened.append(match[1])
    return tuple(opened)


def _table(before: str, end: int) -> tuple[str, str]:
    """The schema and the table of the call chain that ends here; of the variable that it starts from, if need be."""
    table = _said(before, end, "from")
    if table:
        return _said(before, end, "schema"), table
    variable = _VARIABLE.search(before, 0, end)
    made = [*re.finditer(rf"\b{variable[1]}\s*=[^=;]*?\.\s*from\(\s*['\"`]([^'\"`]+)", before)] if variable else []
    return "", made[-1][1] if made else ""


def _said(before: str, end: int, method: str) -> str:
    """The name that a method of the chain is given, empty when it is not in it."""
    return next((name for link, name in _chain(before, end) if link == method), "")


def _chain(before: str, end: int) -> Iterator[tuple[str, str]]:
    """The calls that come before in the chain, the nearest first, each with the name it is given."""
    while True:
        end = len(before[:end].rstrip())
        if not end or before[end - 1] != ")":
            return
        opened = _opened(before, end - 1)
        link = _LINK.search(before, 0, opened) if opened is not None else None
        if link is None or opened is None:
            return
        name = _NAME.match(before[opened + 1 : end - 1])
        yield link[1], name[2] if name else ""
        end = link.start()


def _opened(text: str, end: int) -> int | None:
    """Where the bracket stands that is open at ``end``; strings on the way are passed over."""
    depth, at = 0, end - 1
    while at >= 0:
        char = text[at]
        if char in "'\"`":
            at = text.rfind(char, 0, at)
        elif char in _CLOSERS:
            depth += 1
        elif char in "([{":
            if not depth:
                return at
            depth -= 1
        at -= 1
    return None
