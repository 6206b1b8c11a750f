"""Cuts a file's tokens into statements."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.sql.lexer import Script, Token

_EDGES = frozenset(("(", ")", ";", "begin", "case", "end"))


def split(script: Script) -> Iterator[list[Token]]:
    """The tokens of each statement, followed by an ``end`` token: its ``;``, or the end of the file.

    A ``;`` ends a statement but for two places: within BEGIN ATOMIC … END, and in the parentheses of CREATE RULE.
    Empty statements vanish.
    """
    tokens = script.tokens
    start = depth = atomic = 0
    for at, token in enumerate(tokens):
        key = token.key
        if key not in _EDGES:
            continue
        if key == "(":
            depth += 1
        elif key == ")":
            depth = max(depth - 1, 0)
        elif key == ";":
            if atomic or (depth and _is_rule(tokens, start)):
                continue
            if at > start:
                yield [*tokens[start:at], Token("end", "", ";", token.start, token.end)]
            start, depth = at + 1, 0
        elif atomic:
            atomic += -1 if key == "end" else key == "case"
        elif key == "begin" and at + 1 < len(tokens) and tokens[at + 1].key == "atomic":
            atomic = 1
    if start < len(tokens):
        yield [*tokens[start:], script.unterminated or Token("end", "", "", len(script.text), len(script.text))]


def _is_rule(tokens: list[Token], start: int) -> bool:
    keys = [token.key for token in tokens[start : start + 4]]
    return keys[:2] == ["create", "rule"] or keys == ["create", "or", "replace", "rule"]
