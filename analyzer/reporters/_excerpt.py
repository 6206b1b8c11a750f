"""A source line with carets under a piece of it, whatever the line holds and however long it is."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.model.report import Region
from analyzer.reporter import cells, visible_character

TAB = 4
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to print: ``line``, and below it ``indent`` cells of nothing and ``marked`` carets (one at least)."""

    line: str
    indent: int
    marked: int


def excerpt(line: str, region: Region, width: int) -> Excerpt:
    """The source line, no wider than ``width`` cells, with where the carets go.

    A line that is too long is cut on either side of the region. A region that goes on in the next line is marked to
    the end of this one.
    """
    shown = _shown(line.rstrip())
    edges = [0]
    for piece in shown:
        edges.append(edges[-1] + cells(piece))
    first = min(region.start.column - 1, len(shown))
    last = len(shown) if region.end.line > region.start.line else min(region.end.column - 1, len(shown))
    start, stop = _window(edges, first, last, width)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if stop < len(shown) else ""
    marked = edges[max(min(last, stop), first)] - edges[first]
    text = before + "".join(shown[start:stop]) + after
    return Excerpt(text, len(before) + edges[first] - edges[start], max(marked, 1))


def _shown(line: str) -> list[str]:
    """What each character of the line looks like; tabs go to the next stop."""
    shown: list[str] = []
    at = 0
    for character in line:
        piece = " " * (TAB - at % TAB) if character == "\t" else visible_character(character)
        shown.append(piece)
        at += cells(piece)
    return shown


def _window(edges: list[int], first: int, last: int, width: int) -> tuple[int, int]:
    """The range of characters to show, the region's start always among them; two cells are kept for the ellipses."""
    count = len(edges) - 1
    if edges[count] <= width:
        return 0, count
    room = max(width - 2 * len(ELLIPSIS), 1)
    spare = max(room - (edges[last] - edges[first]), 0)
    begin = min(max(edges[first] - spare // 2, 0), edges[count] - room)
    start = min(next(at for at in range(count + 1) if edges[at] >= begin), first)
    stop = max(at for at in range(start, count + 1) if edges[at] - edges[start] <= room)
    return start, max(stop, min(start + 1, count))
