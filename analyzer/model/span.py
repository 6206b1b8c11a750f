"""Where something stands: byte spans inside, lines and columns made in one place."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from analyzer.model.record import Record


class Span(Record, frozen=True, order=True):
    """A half-open range of bytes, ``start <= byte < end``, in the raw bytes of one file (BOM included)."""

    start: int
    end: int


class Place(Record, frozen=True, order=True):
    """A span in a file; ``path`` is relative to the scanned root, with ``/``."""

    path: str
    span: Span


class Position(Record, frozen=True, order=True):
    """What a person reads: line and column from 1, columns in Unicode code points."""

    line: int
    column: int


class LineIndex:
    """Turns byte offsets of one file into positions; the only place that does.

    Lines end with LF, CRLF or CR. Bytes that are not UTF-8 count as one column each; a byte order mark counts as none.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        lines = data.splitlines(keepends=True)
        whole = len(lines) if data.endswith((b"\n", b"\r")) else len(lines) - 1
        self._starts = [0, *accumulate(map(len, lines[: max(whole, 0)]))]

    def position(self, offset: int) -> Position:
        """The position of the byte at ``offset``; past the end, that of the end."""
        offset = min(max(offset, 0), len(self._data))
        line = bisect_right(self._starts, offset) - 1
        before = self._data[self._starts[line] : offset]
        if line == 0:
            before = before.removeprefix(b"\xef\xbb\xbf")
        return Position(line + 1, len(before.decode("utf-8", "surrogateescape")) + 1)

    def offset(self, position: Position) -> int:
        """The byte at a position, the other way round; past the end of its line, that of the line's end."""
        if not 1 <= position.line <= len(self._starts):
            return len(self._data)
        start = self._starts[position.line - 1]
        text = self.line_text(position.line)[: position.column - 1]
        marked = position.line == 1 and self._data.startswith(b"\xef\xbb\xbf")
        return start + 3 * marked + len(text.encode("utf-8", "surrogateescape"))

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its end; empty when there is no such line."""
        if not 1 <= line <= len(self._starts):
            return ""
        end = self._starts[line] if line < len(self._starts) else len(self._data)
        text = self._data[self._starts[line - 1] : end].decode("utf-8", "surrogateescape")
        return text.removeprefix("\ufeff").rstrip("\r\n")
