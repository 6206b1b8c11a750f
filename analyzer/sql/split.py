"""Cuts a file's tokens into statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analyzer.sql.lexer import Script, Token

_EDGES = frozenset((";", "(", ")", "atomic", "case", "end", "$"))
_LONE = re.compile(r"(?<![\w$])\$(?![\w$])")


def split(script: Script, stream: Iterable[Token] | None = None) -> Iterator[list[Token]]:
    """The tokens of each statement, followed by an ``end`` token: its ``;``, or the end of the file.

    A ``;`` ends a statement but for two places: within BEGIN ATOMIC … END, and in the parentheses of CREATE RULE. One
    more is no SQL: between `AS $` and the next lone `$`, where `$$` was meant, and each line of the body would be a
    statement that cannot be parsed. Empty statements vanish. ``stream`` are the tokens where the script does not hold them.
    """
    current: list[Token] = []
    depth = atomic = 0
    meant = False
    for token in script.tokens if stream is None else stream:
        key = token.key
        if key not in _EDGES:
            current.append(token)
            continue
        if key == "$":
            meant = not meant and _opens(script, current, token)
        if key == ";" and not (meant or atomic or (depth and _is_rule(current))):
            if current:
                yield [*current, Token("end", "", ";", token.start, token.end)]
                current = []
            depth = 0
            continue
        current.append(token)
        if key == "(":
            depth += 1
        elif key == ")":
            depth = max(depth - 1, 0)
        elif atomic:
            atomic += -1 if key == "end" else key == "case"
        elif key == "atomic" and current[-2:-1] and current[-2].key == "begin":
            atomic = 1
    if current:
        yield [*current, script.unterminated or Token("end", "", "", len(script.text), len(script.text))]


def _opens(script: Script, before: list[Token], token: Token) -> bool:
    """True for the `$` of a body whose other `$` is still to come."""
    quotes = bool(before) and before[-1].key in ("as", "do")
    return quotes and _LONE.search(script.text, token.end) is not None


def _is_rule(tokens: list[Token]) -> bool:
    keys = [token.key for token in tokens[:4]]
    return keys[:2] == ["create", "rule"] or keys == ["create", "or", "replace", "rule"]
