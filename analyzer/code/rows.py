"""Rows as they are gathered: put together, moved to another place, told apart by what is surely in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as field_of

from msgspec.structs import replace

from analyzer.model.request import Entry, Row
from analyzer.model.span import Span


@dataclass(slots=True)
class Rows:
    """What may be sent: one row, each of several that it may be, or with ``many`` those of a list.

    ``complete`` is False when there may be rows that are not listed.
    """

    rows: list[Row] = field_of(default_factory=list)
    complete: bool = True
    many: bool = False

    def add(self, other: Rows) -> None:
        """These rows as well."""
        self.rows += other.rows
        self.complete = self.complete and other.complete
        self.many = self.many or other.many


def merged(rows: Iterable[Row]) -> Row:
    """One row for each of several that it may be: what is not in all of them is only perhaps there."""
    listed = list(rows)
    sure = frozenset.intersection(*(each.names() for each in listed)) if listed else frozenset()
    entries: dict[str, Entry] = {}
    for each in listed:
        for entry in each.entries:
            known = entries.get(entry.name.text)
            if known is None:
                entries[entry.name.text] = (
                    replace(entry, maybe=entry.name.text not in sure) if not entry.absent else entry
                )
            elif known.absent and not entry.absent:
                entries[entry.name.text] = replace(entry, maybe=True, value=None)
            elif _constant(known) != _constant(entry):
                entries[entry.name.text] = replace(known, value=None)
    span = listed[0].span if len(listed) == 1 else None
    return Row(tuple(entries.values()), all(each.complete for each in listed), span)


def _constant(entry: Entry) -> tuple[str, str] | None:
    return (entry.value.sort, entry.value.text) if entry.value is not None else None


def placed(row: Row, end: int, span: Span) -> Row:
    """The row with all places in the file; itself when they are."""
    if not any(entry.name.span.start >= end for entry in row.entries) and (row.span is None or row.span.start < end):
        return row
    entries = tuple(_entry_placed(entry, span) if entry.name.span.start >= end else entry for entry in row.entries)
    return Row(entries, False, span)


def _entry_placed(entry: Entry, span: Span) -> Entry:
    value = replace(entry.value, span=span) if entry.value is not None else None
    return replace(entry, name=replace(entry.name, span=span, via="import"), value=value)


def perhaps(row: Row) -> Row:
    """The row of which each key may be left out."""
    return replace(row, entries=tuple(each if each.absent else replace(each, maybe=True) for each in row.entries))


def put(entries: dict[str, Entry], entry: Entry) -> None:
    """Set a key; one that is only perhaps set leaves what was there."""
    known = entries.get(entry.name.text)
    if known is not None and entry.maybe:
        entry = replace(known, value=None, absent=False, maybe=known.maybe or known.absent)
    entries[entry.name.text] = entry
