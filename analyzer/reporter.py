"""What a reporter is, and how text is made fit to print. Each file in ``reporters/`` holds one, as ``REPORTER``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from analyzer.model.record import Record

if TYPE_CHECKING:
    from analyzer.model.report import Coverage, Region, Report

TAB = 4
ELLIPSIS = "…"
_PAINT = re.compile(r"\x1b\[[0-9;]*m")
_UNBROKEN = re.compile(r" *(?:`[^`]*`|[^\s`]|`)+ *")


class Style(Record, frozen=True):
    """How the reader wants text: ``width`` is in terminal cells; ``quiet`` asks for one line a finding.

    ``silenced`` asks for the findings, too, that are suppressed or in the baseline. ``folds`` asks for lines that end
    between words: a terminal would break them anywhere.
    """

    color: bool = False
    width: int = 120
    verbose: bool = False
    quiet: bool = False
    silenced: bool = False
    folds: bool = False

    def fold(self, text: str, indent: int) -> str:
        """The text in lines of ``width`` cells, all but the first indented; as it is unless ``folds``.

        What stands between backticks is to be copied, so it stays whole, even where it is wider than a line.
        """
        if not self.folds or cells(unpainted(text)) <= self.width:
            return text
        lines, used = [""], 0
        for piece in _UNBROKEN.findall(text):
            if used > indent and used + cells(unpainted(piece.rstrip())) > self.width:
                lines.append("")
                used = indent
            lines[-1] += piece
            used += cells(unpainted(piece))
        return f"\n{' ' * indent}".join(line.rstrip() for line in lines)

    def paint(self, text: str, *codes: int) -> str:
        """The text in the given SGR codes; the text itself when colour is off or there is nothing to paint."""
        if not (self.color and codes and text):
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"


class Reporter(Record, frozen=True):
    """An output format: ``render`` gives pieces of text, each of whole lines without the last line's end.

    ``counts`` is False for a format that has no place for what is not reported.
    """

    name: str
    summary: str
    render: Callable[[Report, Style], Iterable[str]]
    counts: bool = True


def visible(text: str) -> str:
    """The text with every character that does not print written as an escape: ``\\x1b``, ``\\u202e``, ``\\n``.

    What comes from a repository goes to a terminal only through here: it can move no cursor, set no colour, start no
    line and turn no reading direction. Lone surrogates, which stand for bytes that are not UTF-8, become ``\\udc80``.
    """
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """One character as ``visible`` shows it."""
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


def unpainted(text: str) -> str:
    """What the text shows, without the codes of ``paint``."""
    return _PAINT.sub("", text)


def cells(text: str) -> int:
    """How many terminal cells printable text takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":  # Jamo that join the one before
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def counted(number: int, what: str, several: str = "") -> str:
    """``1 file``, ``2 files``, ``1,200 files``; ``several`` where an s is not enough."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def older(report: Report) -> str:
    """One sentence, after a blank, on the findings that are not reported because they are not new; nothing for none."""
    if report.since is None:
        return ""
    verb = "was" if report.older == 1 else "were"
    return f" {counted(report.older, 'more finding')} {verb} there at {visible(report.since)}."


def understood(coverage: Coverage) -> str:
    """One sentence on how much of what was looked at was understood."""
    withheld = f"; {counted(coverage.withheld, 'finding')} withheld" if coverage.withheld else ""
    return (
        f"{counted(coverage.resolved, 'reference')} resolved, {coverage.unresolved:,} not;"
        f" {counted(coverage.statements_read, 'statement')} read, {coverage.statements_unread:,} not{withheld}."
    )


class Excerpt(Record, frozen=True):
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
