"""Pieces of a body: what stands between separators, casts, the targets of INTO; and SQL that a block puts together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analyzer.model.span import Span
from analyzer.sql.lexer import Script, Token


class UnreadableBlockError(Exception):
    """The body is no plpgsql that this reader can follow."""


class FixedScript(Script):
    """SQL that a block puts together: everything in it stands where the EXECUTE does."""

    def __init__(self, text: str, at: Span) -> None:
        super().__init__(text)
        self._at = at

    def span(self, start: int, end: int) -> Span:
        """The place of the EXECUTE."""
        return self._at


def without_cast(tokens: list[Token]) -> list[Token]:
    """The expression without the casts at its end."""
    keys = [token.key for token in tokens]
    if "::" not in keys:
        return tokens
    at = len(keys) - 1 - keys[::-1].index("::")
    plain = all(key not in ("||", ",") for key in keys[at:]) and keys[:at].count("(") == keys[:at].count(")")
    return without_cast(tokens[:at]) if plain else tokens


def closes(tokens: list[Token]) -> int:
    """Where the parenthesis closes with which the tokens begin; -1 when it does not."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if depth == 0:
            return at
    return -1


def sets_part(tokens: list[Token]) -> bool:
    """Whether they set a field or an element of a variable: ``r.a[1] := …``."""
    at = 1
    while at + 1 < len(tokens) and tokens[at].key in (".", "["):
        at += 2 if tokens[at].key == "." else closes(tokens[at:]) + 1
    return 1 < at < len(tokens) and tokens[at].key in (":=", "=")


def parted(tokens: list[Token], key: str) -> Iterator[list[Token]]:
    """The pieces between the separators that stand within no parentheses."""
    depth, first = 0, 0
    for at, token in enumerate(tokens):
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if depth == 0 and token.key == key:
            yield tokens[first:at]
            first = at + 1
    if first < len(tokens):
        yield tokens[first:]


def holds_any(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    """True when one of the places, which are in order, is among the tokens."""
    following = bisect_left(places, tokens[0].start)
    return following < len(places) and places[following] <= tokens[-1].start


def into_targets(tokens: list[Token]) -> list[Token]:
    """The tokens of ``name, record.field, …`` after INTO."""
    end = 0
    while end < len(tokens) and tokens[end].kind in ("word", "quoted"):
        end += 1
        if end < len(tokens) and tokens[end].key in (",", "."):
            end += 1
        else:
            break
    return tokens[:end]


_CONTROL = frozenset(("then", "else", "loop", "begin", "elsif", "elseif", "if", "while", "when", "until", "declare"))


def pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens between what only steers: each a statement of SQL, or an expression that may hold a query."""
    piece: list[Token] = []
    depth = case = 0
    before = ""
    for token in [*tokens, Token("op", ";", ";", 0, 0)]:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        case += (token.key == "case" and before != "end") - (token.key == "end" and case > 0)
        before = token.key
        if depth <= 0 and not case and (token.key == ";" or token.key in _CONTROL):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(token)
