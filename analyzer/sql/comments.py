"""The comments of an SQL file: those between its statements, within them, and in the bodies of functions and DO blocks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from analyzer.model.span import Span
from analyzer.sql.lexer import Script, Token, lex, lex_file, mask, quoted_part
from analyzer.sql.scan import comments as scan_comments


def comments(data: bytes) -> tuple[Span, ...]:
    """Where each comment of the file stands, in order. What only looks like one, in a string, is none."""
    return tuple(sorted(_comments(lex_file(data))))


def _comments(script: Script) -> Iterator[Span]:
    for start, end in scan_comments(mask(script.text)):
        yield script.span(start, end)
    for before, token in pairwise(script.tokens):
        if script.text[token.start] == "$" and _is_body(before, token):
            text = script.text[token.start : token.end]
            start, end = quoted_part(text)
            yield from _comments(lex(text[start:end], script.byte(token.start + start)))


def _is_body(before: Token, token: Token) -> bool:
    """``AS $$ … $$`` and ``DO $$ … $$``: a string that PostgreSQL reads as SQL or PL/pgSQL."""
    return token.kind == "string" and before.key in ("as", "do")
