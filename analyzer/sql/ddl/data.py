"""INSERT, UPDATE, DELETE and their like; rows of ``storage.buckets`` are kept."""

from __future__ import annotations

from analyzer.model.events import Event, Need, Ref
from analyzer.model.query import Query
from analyzer.sql.buckets import read_delete, read_insert, read_update
from analyzer.sql.cursor import Cursor
from analyzer.sql.rows import read_rows


def _is_buckets(table: Ref) -> bool:
    return (table.schema, table.name) == ("storage", "buckets")


def _insert(cursor: Cursor) -> Event:
    cursor.must("into")
    table = cursor.ref()
    if _is_buckets(table):
        return read_insert(cursor, table)
    return Need("insert", (table,), reads=_selected(cursor))


def _selected(cursor: Cursor) -> tuple[Query, ...]:
    """The query of INSERT … SELECT, where it reads from something."""
    if cursor.key == "(" and cursor.ahead().key not in ("select", "with", "("):
        cursor.skip_parens()
    if cursor.key not in ("select", "with"):
        cursor.skip_rest()
        return ()
    first = cursor.at
    while not cursor.done and not cursor.sees("on", "conflict") and cursor.key != "returning":
        cursor.step()
    tokens = cursor.tokens[first : cursor.at]
    cursor.skip_rest()
    return read_rows(cursor, tokens)


def _update(cursor: Cursor) -> Event:
    cursor.take("only")
    table = cursor.ref()
    if _is_buckets(table):
        return read_update(cursor, table)
    cursor.skip_rest()
    return Need("update", (table,))


def _delete(cursor: Cursor) -> Event:
    cursor.must("from")
    cursor.take("only")
    table = cursor.ref()
    if _is_buckets(table):
        return read_delete(cursor, table)
    cursor.skip_rest()
    return Need("delete", (table,))


def _truncate(cursor: Cursor) -> Event:
    cursor.take("table")
    tables = cursor.listed(lambda: _table(cursor))
    if cursor.take_any("restart", "continue"):
        cursor.must("identity")
    cursor.cascade()
    return Need("truncate", tables)


def _table(cursor: Cursor) -> Ref:
    cursor.take("only")
    table = cursor.ref()
    cursor.take("*")
    return table


def _merge(cursor: Cursor) -> Event:
    cursor.must("into")
    cursor.take("only")
    table = cursor.ref()
    cursor.skip_rest()
    return Need("merge", (table,))


def _copy(cursor: Cursor) -> Event:
    if cursor.key == "(":
        cursor.skip_rest()
        return Need("copy")
    cursor.take("binary")
    table = cursor.ref()
    cursor.skip_rest()
    return Need("copy", (table,))


READERS = {
    "insert": _insert,
    "update": _update,
    "delete": _delete,
    "truncate": _truncate,
    "merge": _merge,
    "copy": _copy,
}
