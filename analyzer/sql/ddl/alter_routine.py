"""ALTER FUNCTION, PROCEDURE, ROUTINE and AGGREGATE."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.events import DropTarget, Event, Need, ObjectKind, Rename, SetSchema
from analyzer.sql.cursor import Cursor
from analyzer.sql.roles import read_role
from analyzer.sql.routine import read_aggregated, read_routine_name, read_signature


def _reader(kind: ObjectKind) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        target = read_routine_name(cursor)
        args = read_aggregated(cursor) if kind == "aggregate" else read_signature(cursor)
        if cursor.take("rename"):
            cursor.must("to")
            return Rename(kind, target, cursor.name(), args=args)
        if cursor.sees("set", "schema") and cursor.ahead(2).key not in ("to", "=", ".", "from"):
            cursor.must("set", "schema")
            return SetSchema(kind, target, cursor.name(), args=args)
        if cursor.done:
            cursor.refuse()
        owner = (read_role(cursor),) if cursor.take("owner", "to") else ()
        cursor.skip_rest()
        there: tuple[tuple[ObjectKind, DropTarget], ...] = ((kind, DropTarget(target, args=args)),)
        return Need(f"alter {kind}", roles=owner, objects=there)

    return read


READERS = {
    "alter function": _reader("function"),
    "alter procedure": _reader("procedure"),
    "alter routine": _reader("routine"),
    "alter aggregate": _reader("aggregate"),
}
