"""A statement that is not understood: the names that it holds, and whether it builds SQL of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.events import Gap
from analyzer.sql.lexer import Script, Token, lex

_DEEPEST = 4
# What follows where it is no column that is added or renamed.
_OF_OTHERS = {
    "add": frozenset(("constraint", "primary", "unique", "foreign", "check", "exclude", "generated", "value", "table")),
    "rename": frozenset(("constraint", "to", "value", "attribute")),
}


def gap(script: Script, tokens: Sequence[Token], reason: str) -> Gap:
    """The gap that these tokens are, with every word of theirs, those within strings too."""
    span = script.span(tokens[0].start, tokens[-1].end)
    found = list(_unfold(tokens, 0))
    words = frozenset(token.value for level in found for token in level if token.kind in ("word", "quoted"))
    words |= frozenset(each for level in found for each in _of_columns(level))
    return Gap(reason, span, words, dynamic=any(_builds_sql(level) for level in found))


def _of_columns(tokens: Sequence[Token]) -> Iterator[str]:
    """``add column`` and ``rename column``, where that may be what ADD or RENAME says: no name holds a blank."""
    for at, token in enumerate(tokens):
        others = _OF_OTHERS.get(token.key)
        if others is not None and (at + 1 == len(tokens) or tokens[at + 1].key not in others):
            yield f"{token.key} column"


def _unfold(tokens: Sequence[Token], depth: int) -> Iterator[Sequence[Token]]:
    """The tokens, and those of every string among them that may hold SQL."""
    yield tokens
    if depth == _DEEPEST:
        return
    for token in tokens:
        if token.kind == "string" and token.value.strip():
            yield from _unfold(lex(token.value).tokens, depth + 1)


def _builds_sql(tokens: Sequence[Token]) -> bool:
    """True for EXECUTE of anything but one literal."""
    for at, token in enumerate(tokens):
        if token.key != "execute" or at + 1 == len(tokens):
            continue
        following = tokens[at + 1]
        if following.key in ("function", "procedure", "on", ",") or (at and tokens[at - 1].key in ("grant", "revoke")):
            continue
        end = tokens[at + 2].key if at + 2 < len(tokens) else ";"
        if following.kind != "string" or end not in (";", "using", "into"):
            return True
    return False
