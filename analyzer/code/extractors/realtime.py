"""`channel.on('postgres_changes', { event, schema, table }, …)`: a table whose changes are listened to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.origin import Untold
from analyzer.code.syntax import bare
from analyzer.code.value import Values
from analyzer.model.facts import Name, Reference, Unresolved

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
    return Reference("realtime", found.names, schema, known, _event(values, options))


def _schema(values: Values, options: Node) -> tuple[Name | None, bool]:
    name = _one(values, options, "schema")
    if name is None:
        return None, values.entry(options, "schema") is None
    return (None, False) if name.text == "*" else (name, True)


def _event(values: Values, options: Node) -> str | None:
    name = _one(values, options, "event")
    return name.text if name is not None else None


def _one(values: Values, options: Node, key: str) -> Name | None:
    entry = values.entry(options, key)
    found = named(values, bare(entry)) if entry is not None else None
    return found.names[0] if isinstance(found, Naming) and len(found.names) == 1 else None


EXTRACTOR = Extractor("realtime", ("realtime",), rb"postgres_changes", "realtime", read)
