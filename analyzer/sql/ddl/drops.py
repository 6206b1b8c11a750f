"""DROP of everything that we keep, and of what we don't."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.events import Drop, DropTarget, Event, Need, ObjectKind, Ref
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.keywords import NOT_A_FUNCTION
from analyzer.sql.routine import read_aggregated, read_routine_name, read_signature
from analyzer.sql.types import GRAMMAR_TYPES


def _drop(kind: ObjectKind, read_target: Callable[[Cursor], DropTarget]) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        if kind == "index":
            cursor.take("concurrently")
        if_exists = cursor.if_exists()
        targets = cursor.listed(lambda: read_target(cursor))
        return Drop(kind, targets, if_exists, cursor.cascade())

    return read


def _drop_part(kind: ObjectKind) -> Callable[[Cursor], Event]:
    """DROP POLICY, TRIGGER and RULE: one name, on a table."""

    def read(cursor: Cursor) -> Event:
        if_exists = cursor.if_exists()
        name = _single(cursor).name
        cursor.must("on")
        return Drop(kind, (DropTarget(name, cursor.ref()),), if_exists, cursor.cascade())

    return read


def _qualified(cursor: Cursor) -> DropTarget:
    return DropTarget(cursor.ref())


def _type(cursor: Cursor) -> DropTarget:
    if cursor.key in GRAMMAR_TYPES or cursor.key == "setof":
        raise NotUnderstoodError("DROP TYPE of a built-in type")
    name = cursor.ref(NOT_A_FUNCTION)
    if cursor.key in ("(", "[", "%", "array"):
        raise NotUnderstoodError("DROP TYPE of more than a name")
    return DropTarget(name)


def _single(cursor: Cursor) -> DropTarget:
    token = cursor.token
    return DropTarget(Ref(None, cursor.name(), cursor.span_of(token)))


def _routine(cursor: Cursor) -> DropTarget:
    return DropTarget(read_routine_name(cursor), args=read_signature(cursor))


def _aggregate(cursor: Cursor) -> DropTarget:
    name = cursor.ref(NOT_A_FUNCTION)
    return DropTarget(name, args=read_aggregated(cursor))


_QUALIFIED: tuple[ObjectKind, ...] = (
    "table",
    "foreign table",
    "view",
    "materialized view",
    "index",
    "sequence",
)
_SINGLE: tuple[ObjectKind, ...] = ("schema", "extension", "publication", "event trigger")
_ROUTINES: tuple[ObjectKind, ...] = ("function", "procedure", "routine")
_PARTS: tuple[ObjectKind, ...] = ("policy", "trigger", "rule")
_UNKEPT = (
    "access method",
    "cast",
    "collation",
    "conversion",
    "database",
    "foreign data wrapper",
    "language",
    "operator",
    "operator class",
    "operator family",
    "server",
    "statistics",
    "subscription",
    "tablespace",
    "text search",
    "transform",
)


def _unkept(what: str) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        cursor.skip_rest()
        return Need(f"drop {what}")

    return read


READERS: dict[str, Callable[[Cursor], Event]] = {
    **{f"drop {kind}": _drop(kind, _qualified) for kind in _QUALIFIED},
    "drop type": _drop("type", _type),
    "drop domain": _drop("domain", _type),
    **{f"drop {kind}": _drop(kind, _single) for kind in _SINGLE},
    **{f"drop {kind}": _drop(kind, _routine) for kind in _ROUTINES},
    **{f"drop {kind}": _drop_part(kind) for kind in _PARTS},
    "drop aggregate": _drop("aggregate", _aggregate),
    **{f"drop {what}": _unkept(what) for what in _UNKEPT},
}
