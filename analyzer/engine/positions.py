"""From byte spans to lines and columns: done here, at the edge, and nowhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from analyzer.model.report import Region
from analyzer.model.span import LineIndex, Place, Position

_LONGEST_LINE = 5000


class Positions:
    """Answers for the files that ``read`` reads, each once, when it is first asked for."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._indexes: dict[str, LineIndex] = {}

    def region(self, place: Place) -> Region:
        """The piece of the file as people count it."""
        index = self._index(place.path)
        return Region(place.path, index.position(place.span.start), index.position(place.span.end))

    def start(self, place: Place) -> Position:
        """Where it starts."""
        return self._index(place.path).position(place.span.start)

    def line(self, path: str, line: int) -> str:
        """The text of one line; empty where it would say nothing: so long that nobody wrote it, or in another encoding."""
        text = self._index(path).line_text(line)
        if len(text) > _LONGEST_LINE or "\0" in text:
            return ""
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def _index(self, path: str) -> LineIndex:
        if path not in self._indexes:
            data = b""
            with contextlib.suppress(OSError):
                data = self._read(path)
            self._indexes[path] = LineIndex(data)
        return self._indexes[path]
