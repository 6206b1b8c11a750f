"""`channel.on('postgres_changes', { event, schema, table }, …)`: a table whose changes are listened to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.conditions import read_change_filter
from analyzer.code.extractor import Extractor, Match
from analyzer.code.literals import is_undefined
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.origin import Untold
from analyzer.code.script import span_of
from analyzer.code.syntax import bare
from analyzer.code.value import Values
from analyzer.code.wording import wordings
from analyzer.model.facts import Name, Reference, Unresolved
from analyzer.model.request import Gap, Request

if TYPE_CHECKING:
    from tree_sitter import Node


def read(match: Match) -> Reference | Unresolved | None:
    """The table; None when all tables are listened to."""
    values = match.values
    options = match.nodes["options"]
    try:
        table = values.entry(options, "table")
    except Untold as untold:
        return unresolved("realtime", options, untold)
    if table is None:
        return None
    found = named(values, table)
    if not isinstance(found, Naming):
        return unresolved("realtime", table, found)
    if any(name.text == "*" for name in found.names):
        return None
    schema, known = _schema(values, options)
    request = _filtered(values, options)
    columns = tuple(each.column for each in request.filters)
    return Reference("realtime", found.names, schema, known, _event(values, options), columns=columns, request=request)


def _filtered(values: Values, options: Node) -> Request:
    """The one condition of `filter: 'room_id=eq.1'`."""
    at = options
    try:
        said = values.entry(options, "filter")
        if said is None or is_undefined(values, said):
            return Request()
        at = said
        found = [read_change_filter(each) for each in wordings(values, said)]
    except Untold as untold:
        return Request(gaps=(Gap("filter", span_of(at), str(untold)),))
    filters = tuple(dict.fromkeys(each for each in found if each is not None))
    gaps = () if all(found) else (Gap("filter", span_of(at), "text with a part that is not known"),)
    return Request(filters=filters, gaps=gaps)


def _schema(values: Values, options: Node) -> tuple[Name | None, bool]:
    name, known = _one(values, options, "schema")
    return (None, False) if name is not None and name.text == "*" else (name, known)


def _event(values: Values, options: Node) -> str | None:
    name, _ = _one(values, options, "event")
    return name.text if name is not None else None


def _one(values: Values, options: Node, key: str) -> tuple[Name | None, bool]:
    """The one name that the options give for the key, None without it; and whether that is known."""
    try:
        entry = values.entry(options, key)
    except Untold:
        return None, False
    if entry is None:
        return None, True
    found = named(values, bare(entry))
    return (found.names[0], True) if isinstance(found, Naming) and len(found.names) == 1 else (None, False)


_WORDS = (b"postgres_changes", b"POSTGRES_CHANGES")
EXTRACTOR = Extractor("realtime", ("realtime",), _WORDS, rb"(?:postgres_changes|POSTGRES_CHANGES)", "realtime", read)
