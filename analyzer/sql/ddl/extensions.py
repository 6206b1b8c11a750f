"""CREATE EXTENSION and ALTER EXTENSION."""

from __future__ import annotations

from analyzer.model.events import CreateExtension, Event, Need, Ref, SetSchema
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import RESERVED


def _create(cursor: Cursor) -> Event:
    if_not_exists = cursor.if_not_exists()
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    cursor.take("with")
    schema = None
    cascade = False
    while not cursor.done:
        word = cursor.must_any("schema", "version", "cascade", "from")
        if word == "schema":
            schema = cursor.name()
        elif word == "cascade":
            cascade = True
        elif cursor.token.kind == "string":
            cursor.step()
        else:
            cursor.name(RESERVED)
    return CreateExtension(name, span, schema, if_not_exists, cascade)


def _alter(cursor: Cursor) -> Event:
    token = cursor.token
    name = cursor.name()
    if cursor.take("set", "schema"):
        return SetSchema("extension", Ref(None, name, cursor.span_of(token)), cursor.name())
    cursor.must_any("update", "add", "drop")
    cursor.skip_rest()
    return Need("alter extension")


READERS = {"create extension": _create, "alter extension": _alter}
