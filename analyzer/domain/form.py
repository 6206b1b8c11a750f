"""What a form is: one way to write a data model. Each file in ``forms/`` holds one, as ``FORM``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from analyzer.model.domain import Entity
from analyzer.model.record import Record
from analyzer.model.span import Span

_NAME = re.compile(r"(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]{2,62}")


class Line(Record, frozen=True):
    """A line without its end; ``offset`` is the byte in the file where it starts."""

    text: str
    offset: int

    def span(self, start: int, end: int) -> Span:
        """The bytes of the characters from ``start`` up to ``end``."""
        if self.text.isascii():
            return Span(self.offset + start, self.offset + end)
        first = self.offset + len(self.text[:start].encode("utf-8", "surrogateescape"))
        return Span(first, first + len(self.text[start:end].encode("utf-8", "surrogateescape")))


class Form(Record, frozen=True):
    """``read`` gets the lines of a file whose name ends with one of ``suffixes``, or of a fence in one of ``languages``.

    It gives the entities in their order, and none for text that is no such thing. Raises UnreadableError for what is
    meant to be such a thing and cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]
    languages: tuple[str, ...]
    read: Callable[[Sequence[Line]], Iterator[Entity]]


class UnreadableError(ValueError):
    """What is meant to be in a form and cannot be read; ``offset`` is the byte where."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


def is_table_name(text: str) -> bool:
    """True for what unquoted SQL could name a table: lower case, at least three characters, a schema at most before it."""
    return _NAME.fullmatch(text) is not None
