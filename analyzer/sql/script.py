"""What a replay runs."""

from __future__ import annotations

from analyzer.model.events import SqlFacts
from analyzer.model.record import Record


class Script(Record, frozen=True):
    """A migration: its path, its version (empty for a file that is no migration), and what it does."""

    path: str
    version: str
    facts: SqlFacts
