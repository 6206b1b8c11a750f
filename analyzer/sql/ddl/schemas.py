"""CREATE SCHEMA and ALTER SCHEMA."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.events import CreateSchema, Event, Need, Ref, Rename, Statement
from analyzer.sql.cursor import Cursor
from analyzer.sql.lexer import Token
from analyzer.sql.roles import read_role


def _create(cursor: Cursor) -> Event:
    if_not_exists = cursor.if_not_exists()
    token = cursor.token
    owner: str | None
    if cursor.take("authorization"):
        token = cursor.token
        owner = name = read_role(cursor)
    else:
        name = cursor.name()
        owner = read_role(cursor) if cursor.take("authorization") else None
    return CreateSchema(name, cursor.span_of(token), if_not_exists, owner, tuple(_elements(cursor)))


def _elements(cursor: Cursor) -> Iterator[Statement]:
    """The statements within: each starts with CREATE or GRANT, which nothing else is called."""
    from analyzer.sql.statement import read_statement

    rest = cursor.tokens[cursor.at : -1]
    if not rest:
        return
    if rest[0].key not in ("create", "grant"):
        cursor.refuse()
    starts = [
        at
        for at, token in enumerate(rest)
        if token.key in ("create", "grant") and (not at or rest[at - 1].key != "with")
    ]
    cursor.skip_rest()
    for first, end in zip(starts, (*starts[1:], len(rest)), strict=True):
        piece = rest[first:end]
        yield read_statement(cursor.script, [*piece, Token("end", "", "", piece[-1].end, piece[-1].end)])


def _alter(cursor: Cursor) -> Event:
    token = cursor.token
    name = cursor.name()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("schema", Ref(None, name, cursor.span_of(token)), cursor.name())
    cursor.must("owner", "to")
    return Need("alter schema", schemas=(name,), roles=(read_role(cursor),))


READERS = {"create schema": _create, "alter schema": _alter}
