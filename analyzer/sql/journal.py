"""Changes that can be taken back: what makes a failing statement, or a rolled-back transaction, leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Journal:
    """Writes to dictionaries through here can be undone, back to any mark, newest first."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def put(self, table: dict[K, V], key: K, value: V) -> None:
        """Set ``table[key]``, remembering what stood there."""
        if key in table:
            old = table[key]
            self._undo.append(lambda: table.__setitem__(key, old))
        else:
            self._undo.append(lambda: table.pop(key))
        table[key] = value

    def remove(self, table: dict[K, V], key: K) -> None:
        """Delete ``table[key]``, which must be there; undone, it stands at the end of the dictionary's order."""
        old = table.pop(key)
        self._undo.append(lambda: table.__setitem__(key, old))

    def on_undo(self, action: Callable[[], object]) -> None:
        """Run ``action`` when the journal is rolled back past this point."""
        self._undo.append(action)

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._undo)

    def forget(self) -> None:
        """Let go of everything that could be undone: what is old would be kept for good."""
        self._undo.clear()

    def roll_back(self, mark: int) -> None:
        """Undo everything since ``mark``."""
        while len(self._undo) > mark:
            self._undo.pop()()
