"""CREATE INDEX."""

from __future__ import annotations

from analyzer.model.events import CreateIndex, Event, Text
from analyzer.sql.cursor import Cursor
from analyzer.sql.index_key import key_label, read_index_element, read_index_key
from analyzer.sql.whole_expression import refuse_malformed


def _create(cursor: Cursor) -> Event:
    concurrently = cursor.take("concurrently")
    if_not_exists = cursor.if_not_exists()
    name = cursor.name() if if_not_exists or cursor.key != "on" else None
    cursor.must("on")
    only = cursor.take("only")
    table = cursor.ref()
    method = cursor.name() if cursor.take("using") else "btree"
    elements = cursor.in_parens(lambda: read_index_element(cursor))
    keys = tuple(key for key, _ in elements)
    include = cursor.in_parens(lambda: read_index_key(cursor)) if cursor.take("include") else ()
    if cursor.take("nulls"):
        cursor.take("not")
        cursor.must("distinct")
    if cursor.take("with"):
        cursor.skip_parens()
    if cursor.take("tablespace"):
        cursor.name()
    where = _predicate(cursor) if cursor.take("where") else None
    return CreateIndex(
        table,
        tuple(key if isinstance(key, str) else None for key in keys),
        name,
        "unique" in cursor.modifiers,
        if_not_exists,
        where,
        tuple(key for key in keys if isinstance(key, Text)),
        tuple(key for key in include if isinstance(key, str)),
        tuple(key_label(key) for key in (*keys, *include)),
        concurrently,
        only,
        method,
        frozenset(key for key, given in elements if isinstance(key, str) and given is None),
        tuple(given for _, given in elements if given is not None),
    )


def _predicate(cursor: Cursor) -> Text:
    start = cursor.at
    text = cursor.text_until()
    refuse_malformed(cursor, start, cursor.at)
    return text


READERS = {"create index": _create}
