"""Answers of pure functions, kept between runs by what was asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

from analyzer.cache.codec import Unreadable, codec
from analyzer.cache.store import Store

T = TypeVar("T")

# Answers that a run did not need are kept up to so many times the bytes of those that it did: the other branch's.
_SPARE = 2
# A question reads the shelf that it is on, and what is learnt writes that one: most runs need few of them.
_SHELVES = 16
_ANSWERS = dict[bytes, bytes]


class Memo:
    """What one project was asked and answered, in a few blobs of the store; without a store every question is new."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._shelves: dict[int, _Shelf] = {}
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
        shelf = self._shelf(question)
        held = shelf.used.get(question) or shelf.known.get(question)
        if held is None:
            return None
        try:
            value = codec(kind).decode(held)
        except Unreadable:
            return None
        shelf.used[question] = held
        return value

    def learn(self, kind: Any, question: bytes, value: object) -> None:
        """Keep an answer, unless it cannot be written."""
        if self._store is not None:
            with suppress(Unreadable):
                self.put(question, codec(kind).encode(value))

    def knows(self, question: bytes) -> bool:
        """True when there is an answer, readable or not."""
        shelf = self._shelf(question)
        return question in shelf.used or question in shelf.known

    def put(self, question: bytes, answer: bytes) -> None:
        """Keep an answer that was written elsewhere."""
        shelf = self._shelf(question)
        shelf.used[question] = answer
        shelf.new = True

    def keep(self) -> None:
        """Save what was learnt, with as much of the rest as there is room for."""
        new = {number: shelf for number, shelf in self._shelves.items() if shelf.new}
        if self._store is None or not new:
            return
        from msgspec import msgpack

        self._store.save_all({_name(number): msgpack.encode(shelf.kept()) for number, shelf in new.items()})
        for shelf in new.values():
            shelf.new = False

    def _shelf(self, question: bytes) -> _Shelf:
        number = question[0] % _SHELVES
        shelf = self._shelves.get(number)
        if shelf is None:
            blob = self._store.load(_name(number)) if self._store is not None else None
            shelf = self._shelves[number] = _Shelf(_answers_in(blob) if blob is not None else {})
        return shelf


@dataclass
class _Shelf:
    """Some of the answers: what was ``known`` before, and what of it this run ``used``, with what is ``new``."""

    known: _ANSWERS
    used: _ANSWERS = field(default_factory=dict)
    new: bool = False

    def kept(self) -> _ANSWERS:
        """What to save, what was used last: that goes last."""
        room = _SPARE * sum(map(len, self.used.values()))
        spare: _ANSWERS = {}
        for question, held in reversed(self.known.items()):
            if question not in self.used and (room := room - len(held)) >= 0:
                spare[question] = held
        return {**dict(reversed(spare.items())), **self.used}


def _name(shelf: int) -> str:
    return f"answers {shelf}"


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
