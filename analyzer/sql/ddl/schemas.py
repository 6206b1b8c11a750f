"""CREATE SCHEMA and ALTER SCHEMA."""

from __future__ import annotations

from analyzer.model.events import CreateSchema, Event, Need, Ref, Rename
from analyzer.sql.cursor import Cursor, NotUnderstoodError
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
    if cursor.key in ("create", "grant"):
        raise NotUnderstoodError("CREATE SCHEMA with its objects in it")
    return CreateSchema(name, cursor.span_of(token), if_not_exists, owner)


def _alter(cursor: Cursor) -> Event:
    token = cursor.token
    name = cursor.name()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("schema", Ref(None, name, cursor.span_of(token)), cursor.name())
    cursor.must("owner", "to")
    return Need("alter schema", schemas=(name,), roles=(read_role(cursor),))


READERS = {"create schema": _create, "alter schema": _alter}
