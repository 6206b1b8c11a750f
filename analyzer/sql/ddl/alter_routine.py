"""ALTER FUNCTION, PROCEDURE, ROUTINE and AGGREGATE."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.events import AlterRoutine, DropTarget, Event, Need, ObjectKind, Rename, SetSchema
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL, words
from analyzer.sql.roles import read_role
from analyzer.sql.routine import read_aggregated, read_routine_name, read_signature
from analyzer.sql.setting import read_assignment

_ACTIONS = words(
    """
    called cost depends external immutable leakproof no not owner parallel reset returns rows security set stable
    strict support volatile
    """
)


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
        if cursor.key not in _ACTIONS:
            cursor.refuse()
        there = DropTarget(target, args=args)
        if cursor.take("owner", "to"):
            return Need(f"alter {kind}", roles=(read_role(cursor),), objects=((kind, there),))
        return _changes(cursor, kind, there)

    return read


def _changes(cursor: Cursor, kind: ObjectKind, target: DropTarget) -> AlterRoutine:
    """What it does to the rights that the routine runs with and to its settings; the rest is passed over."""
    definer: bool | None = None
    settings: list[tuple[str, str | None]] = []
    volatility: str | None = None
    while not cursor.done:
        if cursor.take("security"):
            definer = cursor.must_any("definer", "invoker") == "definer"
        elif cursor.take("set"):
            name, values = read_assignment(cursor, ("security", "reset", "restrict"))
            settings.append((name, ", ".join(values or ())))
        elif cursor.take("reset"):
            settings.append((cursor.ref(NOT_A_LABEL).name, None))
        elif (word := cursor.step().key) in ("immutable", "stable", "volatile"):
            volatility = word
    return AlterRoutine(kind, target, definer, tuple(settings), volatility)


READERS = {
    "alter function": _reader("function"),
    "alter procedure": _reader("procedure"),
    "alter routine": _reader("routine"),
    "alter aggregate": _reader("aggregate"),
}
