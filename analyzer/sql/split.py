"""Cuts a file's tokens into statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from analyzer.sql.lexer import Script, Token

_EDGES = frozenset((";", "(", ")", "begin", "case", "end"))
_LAST = Token("end", "", "", 0, 0)


def split(script: Script, stream: Iterable[Token] | None = None) -> Iterator[list[Token]]:
    """The tokens of each statement, followed by an ``end`` token: its ``;``, or the end of the file.

    A ``;`` ends a statement but for two places: within BEGIN ATOMIC … END, and in the parentheses of CREATE RULE.
    Empty statements vanish. ``stream`` are the tokens where the script does not hold them.
    """
    current: list[Token] = []
    depth = atomic = 0
    for token, following in pairwise(chain(script.tokens if stream is None else stream, (_LAST,))):
        key = token.key
        if key not in _EDGES:
            current.append(token)
            continue
        if key == ";" and not (atomic or (depth and _is_rule(current))):
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
        elif key == "begin" and following.key == "atomic":
            atomic = 1
    if current:
        yield [*current, script.unterminated or Token("end", "", "", len(script.text), len(script.text))]


def _is_rule(tokens: list[Token]) -> bool:
    keys = [token.key for token in tokens[:4]]
    return keys[:2] == ["create", "rule"] or keys == ["create", "or", "replace", "rule"]
