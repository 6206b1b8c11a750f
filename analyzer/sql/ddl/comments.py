"""COMMENT ON: changes nothing that we keep, but its object must be there."""

from __future__ import annotations

from analyzer.model.events import Event, Need, Ref
from analyzer.sql.cursor import Cursor
from analyzer.sql.types import read_type

_RELATIONS = (("table",), ("view",), ("materialized", "view"), ("foreign", "table"), ("sequence",))
_PARTS = (("policy",), ("trigger",), ("rule",), ("constraint",))


def _comment(cursor: Cursor) -> Event:
    cursor.must("on")
    need = _needed(cursor)
    cursor.skip_rest()
    return need


def _needed(cursor: Cursor) -> Need:
    if any(cursor.take(*words) for words in _RELATIONS):
        return Need("comment", (cursor.ref(),))
    if cursor.take("column"):
        return _column(cursor)
    if any(cursor.take(*words) for words in _PARTS):
        cursor.name()
        cursor.must("on")
        if cursor.key == "domain" and cursor.ahead().key not in ("is", "."):
            cursor.step()
            cursor.ref()
            return Need("comment")
        return Need("comment", (cursor.ref(),))
    if cursor.take("type") or cursor.take("domain"):
        return _type(cursor)
    if cursor.take("schema"):
        return Need("comment", schemas=(cursor.name(),))
    return Need("comment")


def _column(cursor: Cursor) -> Need:
    parts = cursor.dotted()
    if len(parts) < 2:
        return Need("comment")
    span = cursor.script.span(parts[0].start, parts[-2].end)
    return Need("comment", (Ref(parts[-3].value if len(parts) > 2 else None, parts[-2].value, span),))


def _type(cursor: Cursor) -> Need:
    return Need("comment", types=(read_type(cursor),))


READERS = {"comment": _comment}
