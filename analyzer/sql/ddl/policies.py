"""CREATE POLICY and ALTER POLICY."""

from __future__ import annotations

import re

from analyzer.model.events import AlterPolicy, CreatePolicy, Event, PolicyCommand, Rename, Text
from analyzer.model.query import Query
from analyzer.sql.cursor import Cursor
from analyzer.sql.query import read_expression
from analyzer.sql.roles import read_roles
from analyzer.sql.whole_expression import read_condition

_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_COMMANDS: dict[str, PolicyCommand] = {
    "all": "all",
    "select": "select",
    "insert": "insert",
    "update": "update",
    "delete": "delete",
}


def _create(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    cursor.must("on")
    table = cursor.ref()
    permissive = not cursor.take("as") or cursor.name() != "restrictive"
    command = _COMMANDS[cursor.must_any(*_COMMANDS)] if cursor.take("for") else "all"
    roles = read_roles(cursor) if cursor.take("to") else ("public",)
    using, check = _conditions(cursor)
    return CreatePolicy(name, table, span, command, permissive, roles, using, check, _reads(using, check))


def _reads(*expressions: Text | None) -> tuple[Query, ...]:
    """The expressions that hold queries: in the others, every name is a column of the table or a function."""
    found = (read_expression(each.sql, each.span.start) for each in expressions if each and _SELECT.search(each.sql))
    return tuple(query for query in found if query is not None)


def _conditions(cursor: Cursor) -> tuple[Text | None, Text | None]:
    using = read_condition(cursor) if cursor.take("using") else None
    if not cursor.take("with"):
        return using, None
    cursor.must("check")
    return using, read_condition(cursor)


def _alter(cursor: Cursor) -> Event:
    if_exists = cursor.if_exists()
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    cursor.must("on")
    table = cursor.ref()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("policy", table, cursor.name(), name, if_exists)
    roles = read_roles(cursor) if cursor.take("to") else None
    using, check = _conditions(cursor)
    return AlterPolicy(name, table, span, roles, using, check, _reads(using, check))


READERS = {"create policy": _create, "alter policy": _alter}
