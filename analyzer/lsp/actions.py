"""What an editor can do about a finding: its fix, the name that was meant, a comment that accepts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol.types import Position, Range, TextEdit

from analyzer.lsp.lines import Lines
from analyzer.model.record import Record
from analyzer.model.report import Entry
from analyzer.model.source import Source
from analyzer.suppress import read_ignores

REASON = "reason"
_COMMENTS = ("// {}", "{{/* {} */}}", "-- {}", "<!-- {} -->")


class Action(Record, frozen=True):
    """Edits by path. ``sure`` when nothing but the fault can change."""

    title: str
    edits: dict[str, list[TextEdit]]
    sure: bool = False


def actions(entry: Entry, source: Source, lines_of: Callable[[str], Lines]) -> Iterator[Action]:
    """What can be done about a finding in this file, the likeliest first."""
    if entry.remedy is not None:
        edits: dict[str, list[TextEdit]] = {}
        for change in entry.remedy.changes:
            place = lines_of(change.region.path).region(change.region)
            edits.setdefault(change.region.path, []).append(TextEdit(place, change.text))
        yield Action(entry.remedy.title, edits, entry.remedy.safe)
    yield from _meant(entry, source, Lines(source.data).region(entry.region))
    yield from _ignoring(entry, source)


def _meant(entry: Entry, source: Source, place: Range) -> Iterator[Action]:
    """The other names, where the name stands in the text as it was asked for."""
    lines = Lines(source.data)
    written = source.data[lines.offset(place.start) : lines.offset(place.end)].decode("utf-8", "replace")
    schema, _, name = entry.subject.rpartition(".")
    for suggestion in entry.suggestions:
        within, _, meant = suggestion.name.rpartition(".")
        if suggestion.kind == "did-you-mean" and written == name and within == schema:
            yield Action(f"Replace with `{meant}`", {source.path: [TextEdit(place, meant)]})


def _ignoring(entry: Entry, source: Source) -> Iterator[Action]:
    """A comment above the line, or after it, in the first form that the reader takes for one there."""
    lines, line = Lines(source.data), entry.region.start.line - 1
    at = lines.offset(lines.region(entry.region).start)
    start, end = lines.offset(Position(line, 0)), lines.offset(Position(line, 1 << 30))
    text = source.data[start:end]
    indent = text[: len(text) - len(text.lstrip())].decode("utf-8", "replace")
    newline = "\r\n" if b"\r\n" in source.data else "\n"
    said = f"fromcheck-ignore {entry.code}: {REASON}"
    for comment in (form.format(said) for form in _COMMENTS):
        for offset, inserted in ((start, f"{indent}{comment}{newline}"), (end, f" {comment}")):
            if _silences(source, entry.code, at, offset, inserted.encode()):
                place = lines.position(offset)
                yield Action(f"Ignore {entry.code} here", {source.path: [TextEdit(Range(place, place), inserted)]})
                return


def _silences(source: Source, code: str, at: int, offset: int, inserted: bytes) -> bool:
    """True when the text, with this inserted, holds a comment that reaches the byte that was at ``at``."""
    data = source.data[:offset] + inserted + source.data[offset:]
    moved = at + len(inserted) * (offset <= at)
    ignores = read_ignores(Source(source.path, data))
    return any(code in each.codes and each.reach.start <= moved < each.reach.end for each in ignores)
