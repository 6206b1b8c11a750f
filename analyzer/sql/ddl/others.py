"""Statements that change nothing that we keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from analyzer.model.events import CreateRule, Event, Need, Ref
from analyzer.sql.cursor import Cursor, NotUnderstoodError

_OPAQUE = """
    alter collation|alter conversion|alter database|alter foreign data wrapper|alter language
    |alter large object|alter operator|alter operator class|alter operator family|alter server
    |alter statistics|alter subscription|alter system|alter tablespace|alter text search|alter user mapping
    |checkpoint|close|cluster|create access method|create cast|create collation|create conversion
    |create database|create foreign data wrapper|create language|create operator
    |create operator class|create operator family|create server|create statistics|create subscription
    |create tablespace|create text search|create transform|create user mapping|deallocate
    |drop owned|drop user mapping|explain|fetch|listen|load|move|notify|prepare|reassign owned|reindex|security label
    |show|table|unlisten|vacuum|values
"""


def _opaque(kind: str) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        cursor.skip_rest()
        return Need(kind)

    return read


def _in_parentheses(cursor: Cursor) -> Event:
    """A query that starts with a parenthesis."""
    cursor.at = 0
    cursor.skip_rest()
    return Need("select")


def _refresh(cursor: Cursor) -> Event:
    cursor.must("materialized", "view")
    cursor.take("concurrently")
    view = cursor.ref()
    if cursor.take("with"):
        cursor.take("no")
        cursor.must("data")
    return Need("refresh materialized view", (view,))


def _analyze(cursor: Cursor) -> Event:
    if cursor.key == "(":
        cursor.skip_parens()
    cursor.take("verbose")
    tables = () if cursor.done else cursor.listed(lambda: _with_columns(cursor))
    return Need("analyze", tables)


def _with_columns(cursor: Cursor) -> Ref:
    table = _table(cursor)
    if cursor.key == "(":
        cursor.skip_parens()
    return table


def _lock(cursor: Cursor) -> Event:
    cursor.take("table")
    tables = cursor.listed(lambda: _table(cursor))
    cursor.skip_rest()
    return Need("lock", tables)


def _table(cursor: Cursor) -> Ref:
    cursor.take("only")
    table = cursor.ref()
    cursor.take("*")
    return table


def _create_rule(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    cursor.must("as", "on")
    command = _COMMANDS[cursor.must_any(*_COMMANDS)]
    cursor.must("to")
    table = cursor.ref()
    if cursor.take("where"):
        cursor.until("do")
    cursor.must("do")
    instead = cursor.take_any("instead", "also") == "instead"
    cursor.skip_rest()
    return CreateRule(name, table, span, command, instead, "replace" in cursor.modifiers)


_COMMANDS: dict[str, Literal["select", "insert", "update", "delete"]] = {
    "select": "select",
    "insert": "insert",
    "update": "update",
    "delete": "delete",
}


def _declare(cursor: Cursor) -> Event:
    """A cursor; a body in SQL that begins with the variables of one in plpgsql ends here."""
    cursor.name()
    while cursor.take_any("binary", "insensitive", "asensitive", "no", "scroll"):
        pass
    cursor.must("cursor")
    cursor.skip_rest()
    return Need("declare")


def _execute(cursor: Cursor) -> Event:
    raise NotUnderstoodError("EXECUTE of a prepared statement")


READERS: dict[str, Callable[[Cursor], Event]] = {
    **{kind.strip(): _opaque(kind.strip()) for kind in _OPAQUE.split("|")},
    "refresh": _refresh,
    "analyze": _analyze,
    "analyse": _analyze,
    "lock": _lock,
    "create rule": _create_rule,
    "declare": _declare,
    "execute": _execute,
    "(": _in_parentheses,
}
