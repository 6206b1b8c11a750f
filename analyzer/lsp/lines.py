"""Positions as editors count them: lines from 0, and columns in UTF-16 code units."""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range

from analyzer.model.report import Region
from analyzer.model.span import Span

_LINE_END = re.compile(rb"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"


class Lines:
    """The lines of one text, given as bytes; an editor does not count a byte order mark."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts = [len(_BOM) if data.startswith(_BOM) else 0, *(each.end() for each in _LINE_END.finditer(data))]

    def offset(self, position: Position) -> int:
        """The byte at a position; past the end of a line or the text, that end."""
        if position.line >= len(self._starts):
            return len(self._data)
        start, left = self._starts[position.line], position.character
        for char in self._line(position.line):
            left -= 1 + (ord(char) > 0xFFFF)
            if left < 0:
                break
            start += len(char.encode("utf-8", "surrogateescape"))
        return start

    def position(self, offset: int) -> Position:
        """The position of a byte; past the end, that of the end."""
        line = max(bisect_right(self._starts, offset) - 1, 0)
        before = self._data[self._starts[line] : offset].decode("utf-8", "surrogateescape")
        return Position(line, _units(before))

    def range(self, span: Span) -> Range:
        """A span of bytes as a range."""
        return Range(self.position(span.start), self.position(span.end))

    def region(self, region: Region) -> Range:
        """A piece as reports have it, with columns in code points from 1, as a range."""
        return Range(*(self._converted(each.line - 1, each.column - 1) for each in (region.start, region.end)))

    def _converted(self, line: int, column: int) -> Position:
        return Position(line, _units(self._line(line)[:column]) if line < len(self._starts) else 0)

    def _line(self, line: int) -> str:
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._data)
        return self._data[self._starts[line] : end].decode("utf-8", "surrogateescape").rstrip("\r\n")


def _units(text: str) -> int:
    return len(text) + sum(ord(char) > 0xFFFF for char in text)
