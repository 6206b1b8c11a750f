"""CREATE PUBLICATION and ALTER PUBLICATION."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from analyzer.model.events import Event, Need, Publish, Ref, Rename
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError


@dataclass(slots=True)
class _Objects:
    tables: list[Ref] = field(default_factory=list)
    schemas: list[str] = field(default_factory=list)


def _create(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    objects = _Objects()
    everything = False
    if cursor.take("for"):
        everything = cursor.take("all", "tables")
        if not everything:
            _read_objects(cursor, objects)
    if cursor.take("with"):
        cursor.skip_parens()
    return Publish(name, span, "create", tuple(objects.tables), everything, tuple(objects.schemas))


def _read_objects(cursor: Cursor, objects: _Objects) -> None:
    """``TABLE a, b (x) WHERE (…), TABLES IN SCHEMA s``; a bare name goes on with what stood before it."""
    in_schema = False
    first = True
    while first or cursor.take(","):
        if cursor.key == "tables" and cursor.ahead().key == "in":
            cursor.must("tables", "in", "schema")
            in_schema = True
        elif cursor.take("table"):
            in_schema = False
        elif first:
            raise RefusedError(cursor.token, "invalid publication object list" if cursor.is_name() else "")
        first = False
        if in_schema:
            if cursor.key == "current_schema":
                raise NotUnderstoodError("a publication of the current schema")
            objects.schemas.append(cursor.name())
        else:
            objects.tables.append(_table(cursor))


def _table(cursor: Cursor) -> Ref:
    if cursor.take("only") and cursor.take("("):
        table = cursor.ref()
        cursor.must(")")
    else:
        table = cursor.ref()
        cursor.take("*")
    if cursor.key == "(":
        cursor.names_in_parens()
    if cursor.take("where"):
        cursor.skip_parens()
    return table


def _alter(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("publication", Ref(None, name, span), cursor.name())
    if cursor.take("owner") or cursor.sees("set", "("):
        cursor.skip_rest()
        return Need("alter publication")
    actions: dict[str, Literal["add", "drop", "set"]] = {"add": "add", "drop": "drop", "set": "set"}
    action = actions[cursor.must_any(*actions)]
    if action == "set" and cursor.take("all", "tables"):
        return Publish(name, span, action, all_tables=True)
    objects = _Objects()
    _read_objects(cursor, objects)
    return Publish(name, span, action, tuple(objects.tables), schemas=tuple(objects.schemas))


READERS = {"create publication": _create, "alter publication": _alter}
