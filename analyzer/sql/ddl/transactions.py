"""BEGIN, COMMIT, ROLLBACK and savepoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from analyzer.model.events import Event, Need, Transaction
from analyzer.sql.cursor import Cursor


def _begin(cursor: Cursor) -> Event:
    cursor.take_any("work", "transaction")
    cursor.skip_rest()
    return Transaction("begin")


def _start(cursor: Cursor) -> Event:
    cursor.must("transaction")
    cursor.skip_rest()
    return Transaction("begin")


def _ending(action: Literal["commit", "rollback"]) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        if cursor.take("prepared"):
            cursor.string()
            return Need(f"{action} prepared")
        cursor.take_any("work", "transaction")
        if action == "rollback" and cursor.take("to"):
            cursor.take("savepoint")
            return Transaction("rollback to", cursor.name())
        if cursor.take("and"):
            cursor.take("no")
            cursor.must("chain")
        return Transaction(action)

    return read


def _savepoint(cursor: Cursor) -> Event:
    return Transaction("savepoint", cursor.name())


def _release(cursor: Cursor) -> Event:
    cursor.take("savepoint")
    return Transaction("release", cursor.name())


READERS: dict[str, Callable[[Cursor], Event]] = {
    "begin": _begin,
    "start": _start,
    "commit": _ending("commit"),
    "end": _ending("commit"),
    "rollback": _ending("rollback"),
    "abort": _ending("rollback"),
    "savepoint": _savepoint,
    "release": _release,
}
