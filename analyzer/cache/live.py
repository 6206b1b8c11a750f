"""Answers for sessions on nearly the same files: an editor's after each change, or the trials of what would mend them."""

from __future__ import annotations

from typing import Any

from analyzer.cache.memo import Memo
from analyzer.cache.store import Store

# Answers that are kept though the last session did not need them: an undo asks for them again.
_SPARE = 500


class LiveMemo(Memo):
    """What sessions that follow one another have read, as values; what the first of them reads is shared with other runs."""

    def __init__(self, store: Store | None = None) -> None:
        super().__init__(store)
        self._values: dict[bytes, Any] = {}
        self._asked: dict[bytes, Any] = {}
        self._started = False

    def look(self, kind: Any, question: bytes) -> Any:
        """The answer of before, None when there is none."""
        value = self._values.get(question)
        if value is None and not self._started:
            value = super().look(kind, question)
        if value is not None:
            self._values[question] = self._asked[question] = value
        return value

    def learn(self, kind: Any, question: bytes, value: object) -> None:
        """Keep an answer."""
        self._values[question] = self._asked[question] = value
        if not self._started:
            super().learn(kind, question, value)

    def keep(self) -> None:
        """Let go of answers that were not asked for, when they are many; of none where nothing was asked since."""
        if not self._started:
            super().keep()
            self._started = True
        if self._asked and len(self._values) > len(self._asked) + _SPARE:
            self._values = dict(self._asked)
        self._asked = {}
