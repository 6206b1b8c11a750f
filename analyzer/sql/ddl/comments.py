"""COMMENT ON: changes nothing that we keep, but its object must be there."""

from __future__ import annotations

from analyzer.model.events import DropTarget, Event, Need, ObjectKind, Ref
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import words
from analyzer.sql.roles import read_role
from analyzer.sql.routine import read_aggregated, read_routine_name, read_signature
from analyzer.sql.types import read_type

_RELATIONS: tuple[ObjectKind, ...] = ("table", "view", "materialized view", "foreign table", "sequence", "index")
_PARTS: tuple[ObjectKind, ...] = ("policy", "trigger", "rule", "constraint")
_ROUTINES: tuple[ObjectKind, ...] = ("function", "procedure", "routine", "aggregate")
_SINGLE: tuple[ObjectKind, ...] = ("extension", "publication")

# What else may have a comment, by the first word.
_OTHERS = words(
    """
    access cast collation conversion database event foreign language large operator procedural server statistics
    subscription tablespace text transform
    """
)


def _comment(cursor: Cursor) -> Event:
    cursor.must("on")
    need = _needed(cursor)
    if need == Need("comment"):
        cursor.until("is")
    cursor.must("is")
    if not cursor.take("null"):
        cursor.string()
    cursor.must_end()
    return need


def _needed(cursor: Cursor) -> Need:
    for kind in (*_RELATIONS, *_PARTS, *_ROUTINES, *_SINGLE):
        if cursor.take(*kind.split()):
            target = _target(cursor, kind)
            return Need("comment", objects=((kind, target),) if target else ())
    if cursor.take("column"):
        return _column(cursor)
    if cursor.take("domain"):
        return Need("comment", objects=(("domain", DropTarget(cursor.ref())),))
    if cursor.take("type"):
        return Need("comment", types=(read_type(cursor),))
    if cursor.take("role"):
        return Need("comment", roles=(read_role(cursor),))
    if cursor.take("schema"):
        return Need("comment", schemas=(cursor.name(),))
    cursor.must_any(*_OTHERS)
    return Need("comment")


def _target(cursor: Cursor, kind: ObjectKind) -> DropTarget | None:
    if kind in _RELATIONS:
        return DropTarget(cursor.ref())
    if kind == "aggregate":
        return DropTarget(read_routine_name(cursor), args=read_aggregated(cursor))
    if kind in _ROUTINES:
        return DropTarget(read_routine_name(cursor), args=read_signature(cursor))
    token = cursor.token
    name = Ref(None, cursor.name(), cursor.span_of(token))
    if kind in _SINGLE:
        return DropTarget(name)
    cursor.must("on")
    if cursor.key == "domain" and cursor.ahead().key not in ("is", "."):
        return None
    return DropTarget(name, cursor.ref())


def _column(cursor: Cursor) -> Need:
    parts = cursor.dotted()
    if len(parts) < 2:
        return Need("comment")
    span = cursor.script.span(parts[0].start, parts[-2].end)
    table = Ref(parts[-3].value if len(parts) > 2 else None, parts[-2].value, span)
    column = Ref(None, parts[-1].value, cursor.span_of(parts[-1]))
    return Need("comment", objects=(("column", DropTarget(column, table)),))


READERS = {"comment": _comment}
