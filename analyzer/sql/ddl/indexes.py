"""CREATE INDEX."""

from __future__ import annotations

from analyzer.model.events import CreateIndex, Event, Text
from analyzer.sql.cursor import Cursor
from analyzer.sql.expression import skip_function
from analyzer.sql.keywords import TYPE_OR_FUNCTION


def _create(cursor: Cursor) -> Event:
    cursor.take("concurrently")
    if_not_exists = cursor.if_not_exists()
    name = cursor.name() if if_not_exists or cursor.key != "on" else None
    cursor.must("on")
    cursor.take("only")
    table = cursor.ref()
    if cursor.take("using"):
        cursor.name()
    keys = cursor.in_parens(lambda: _key(cursor))
    include = cursor.in_parens(lambda: _key(cursor)) if cursor.take("include") else ()
    if cursor.take("nulls"):
        cursor.take("not")
        cursor.must("distinct")
    if cursor.take("with"):
        cursor.skip_parens()
    if cursor.take("tablespace"):
        cursor.name()
    where = cursor.text_until() if cursor.take("where") else None
    return CreateIndex(
        table,
        tuple(key if isinstance(key, str) else None for key in keys),
        name,
        "unique" in cursor.modifiers,
        if_not_exists,
        where,
        tuple(key for key in keys if isinstance(key, Text)),
        tuple(key for key in include if isinstance(key, str)),
    )


def _key(cursor: Cursor) -> str | Text:
    """A plain column's name, or the text of an expression."""
    first = cursor.at
    key: str | Text
    if cursor.key == "(":
        key = cursor.parens()
    elif cursor.is_name() and cursor.ahead().key not in ("(", "."):
        key = cursor.name()
    elif cursor.is_name() or cursor.key in TYPE_OR_FUNCTION:
        skip_function(cursor)
        key = cursor.text_from(first)
    else:
        cursor.refuse()
    if cursor.take("collate"):
        cursor.ref()
    if cursor.is_name() and cursor.key not in ("asc", "desc", "nulls"):
        cursor.ref()
        if cursor.key == "(":
            cursor.skip_parens()
    cursor.take_any("asc", "desc")
    if cursor.take("nulls"):
        cursor.must_any("first", "last")
    return key


READERS = {"create index": _create}
