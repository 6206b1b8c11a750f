"""BEGIN, COMMIT, ROLLBACK and savepoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from analyzer.model.events import Event, Need, Transaction
from analyzer.sql.cursor import Cursor


def _begin(cursor: Cursor) -> Event:
    cursor.take_any("work", "transaction")
    _modes(cursor)
    return Transaction("begin")


def _start(cursor: Cursor) -> Event:
    cursor.must("transaction")
    _modes(cursor)
    return Transaction("begin")


def _modes(cursor: Cursor) -> None:
    while any(cursor.take(*words) for words in _MODES):
        cursor.take(",")


_LEVELS = (("read", "committed"), ("read", "uncommitted"), ("repeatable", "read"), ("serializable",))
_MODES = (
    *(("isolation", "level", *level) for level in _LEVELS),
    ("read", "only"),
    ("read", "write"),
    ("deferrable",),
    ("not", "deferrable"),
)


def _ending(action: Literal["commit", "rollback"]) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        if cursor.take("prepared"):
            cursor.string()
            return Need(f"{action} prepared")
        cursor.take_any("work", "transaction")
        if action == "rollback" and cursor.take("to"):
            return Transaction("rollback to", _savepoint_name(cursor))
        if cursor.take("and"):
            cursor.take("no")
            cursor.must("chain")
        return Transaction(action)

    return read


def _savepoint(cursor: Cursor) -> Event:
    return Transaction("savepoint", cursor.name())


def _release(cursor: Cursor) -> Event:
    return Transaction("release", _savepoint_name(cursor))


def _savepoint_name(cursor: Cursor) -> str:
    """The name after SAVEPOINT, which may be left out, and may be the name."""
    if cursor.ahead().kind != "end":
        cursor.take("savepoint")
    return cursor.name()


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
