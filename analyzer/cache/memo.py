"""Answers of pure functions, kept between runs by what was asked."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from analyzer.cache.codec import Unreadable, codec
from analyzer.cache.store import Store

T = TypeVar("T")

# Answers that a run did not need are kept up to so many times the bytes of those that it did: the other branch's.
_SPARE = 2
_NAME = "answers"
_ANSWERS = dict[bytes, bytes]


class Memo:
    """What one project was asked and answered, in one blob of the store; without a store every question is new."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._known: _ANSWERS | None = None
        self._used: _ANSWERS = {}
        self._new = False
        self.slow: dict[bytes, str] = {}
        """What was found to take too long, by its content, and what was said of it: nobody waits for it twice."""

    def recall(self, kind: Any, question: bytes, answer: Callable[[], T]) -> T:
        """The kept answer, of the type ``kind``, or a new one, which is kept. Nothing is kept of what raises."""
        known: T | None = self.look(kind, question)
        if known is not None:
            return known
        value = answer()
        self.learn(kind, question, value)
        return value

    def look(self, kind: Any, question: bytes) -> Any:
        """The kept answer, None when there is none that can be read."""
        held = self._used.get(question) or self._answers().get(question)
        if held is None:
            return None
        try:
            value = codec(kind).decode(held)
        except Unreadable:
            return None
        self._used[question] = held
        return value

    def learn(self, kind: Any, question: bytes, value: object) -> None:
        """Keep an answer, unless it cannot be written."""
        if self._store is None:
            return
        try:
            self._used[question] = codec(kind).encode(value)
        except Unreadable:
            return
        self._new = True

    def knows(self, question: bytes) -> bool:
        """True when there is an answer, readable or not."""
        return question in self._used or question in self._answers()

    def put(self, question: bytes, answer: bytes) -> None:
        """Keep an answer that was written elsewhere."""
        self._used[question] = answer
        self._new = True

    def keep(self) -> None:
        """Save what was learnt, with as much of the rest as there is room for."""
        if self._store is None or not self._new:
            return
        from msgspec import msgpack

        room = _SPARE * sum(map(len, self._used.values()))
        spare: _ANSWERS = {}
        for question, held in reversed(self._answers().items()):
            if question not in self._used and (room := room - len(held)) >= 0:
                spare[question] = held
        self._store.save(_NAME, msgpack.encode({**dict(reversed(spare.items())), **self._used}))
        self._new = False

    def _answers(self) -> _ANSWERS:
        if self._known is None:
            blob = self._store.load(_NAME) if self._store is not None else None
            self._known = _answers_in(blob) if blob is not None else {}
        return self._known


def _answers_in(blob: bytes) -> _ANSWERS:
    from msgspec import DecodeError, msgpack

    try:
        answers: _ANSWERS = msgpack.decode(blob, type=_ANSWERS)
    except DecodeError:
        return {}
    return answers


def question(*parts: bytes | str) -> bytes:
    """A name for what is asked: the same for the same parts, and for no others."""
    name = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        name.update(b"%d:" % len(data))
        name.update(data)
    return name.digest()
