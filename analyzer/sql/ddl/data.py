"""INSERT, UPDATE, DELETE and their like; rows of ``storage.buckets`` are kept."""

from __future__ import annotations

from analyzer.model.events import DropTarget, Event, Need, ObjectKind, Ref
from analyzer.model.query import Query
from analyzer.sql.buckets import literal, read_delete, read_insert, read_update
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL
from analyzer.sql.query import read_expression
from analyzer.sql.rows import read_rows

_ROWS = 20


def _is_buckets(table: Ref) -> bool:
    return (table.schema, table.name) == ("storage", "buckets")


def _insert(cursor: Cursor) -> Event:
    cursor.must("into")
    table = cursor.ref()
    if _is_buckets(table):
        return read_insert(cursor, table)
    if cursor.take("as"):
        cursor.name()
    columns: tuple[Column, ...] = ()
    if cursor.key == "(" and cursor.ahead().key not in ("select", "with", "("):
        columns = cursor.in_parens(lambda: _column(cursor, table))
    if columns and cursor.take("values"):
        return Need("insert", (table,), objects=columns, given=_given(cursor, columns))
    return Need("insert", (table,), reads=_selected(cursor), objects=columns)


def _given(cursor: Cursor, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns that one of the first rows gives a literal which is not NULL; the others are passed over."""
    names = [target.name.name for _, target in columns]
    given: dict[str, None] = {}
    for _ in range(_ROWS):
        row = cursor.in_parens(lambda: literal(cursor.until(",")))
        given.update((name, None) for name, value in zip(names, row, strict=False) if _is_value(value))
        if not cursor.take(","):
            break
    cursor.skip_rest()
    return tuple(given)


def _is_value(value: object) -> bool:
    return isinstance(value, str) and value != "Null"


Column = tuple[ObjectKind, DropTarget]


def _column(cursor: Cursor, table: Ref) -> Column:
    """A column that is written, with what follows of an array's element or a composite's field."""
    token = cursor.token
    name = Ref(None, cursor.name(), cursor.span_of(token))
    while cursor.key in (".", "["):
        if cursor.take("."):
            cursor.name(NOT_A_LABEL)
        else:
            cursor.skip_parens()
    return "column", DropTarget(name, table)


def _selected(cursor: Cursor) -> tuple[Query, ...]:
    """The query of INSERT … SELECT, where it reads from something."""
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
    alias = _alias(cursor, table, "set")
    cursor.must("set")
    columns: list[Column] = []
    while True:
        if cursor.key == "(":
            columns.extend(cursor.in_parens(lambda: _column(cursor, table)))
        else:
            columns.append(_column(cursor, table))
        cursor.must("=")
        cursor.until(",", "where", "from", "returning")
        if not cursor.take(","):
            break
    return _changed(cursor, "update", table, alias, tuple(columns))


def _alias(cursor: Cursor, table: Ref, *stops: str) -> str:
    cursor.take("*")
    if cursor.take("as") or (not cursor.done and cursor.key not in (*stops, "where", "using", "returning")):
        return cursor.name()
    return table.name


def _changed(cursor: Cursor, kind: str, table: Ref, alias: str, columns: tuple[Column, ...]) -> Event:
    """The rest of UPDATE and DELETE: a condition on the table's own rows is read, one on others is passed over."""
    reads: tuple[Query, ...] = ()
    if cursor.key == "where" and cursor.ahead().key != "current":
        cursor.step()
        condition = cursor.text_until("returning")
        read = read_expression(condition.sql, condition.span.start)
        reads = (read,) if read is not None else ()
    cursor.skip_rest()
    return Need(kind, (table,), reads=reads, objects=columns, target=(table, alias))


def _delete(cursor: Cursor) -> Event:
    cursor.must("from")
    cursor.take("only")
    table = cursor.ref()
    if _is_buckets(table):
        return read_delete(cursor, table)
    alias = _alias(cursor, table)
    return _changed(cursor, "delete", table, alias, ())


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
