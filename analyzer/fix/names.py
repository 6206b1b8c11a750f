"""Names as the SQL that is written says them."""

from __future__ import annotations

from analyzer.model import catalog
from analyzer.sql.keywords import NOT_A_COLUMN


def quoted(name: str) -> str:
    """The name in double quotes where PostgreSQL would take it for another without, or for a word of its own."""
    return f'"{name}"' if name in NOT_A_COLUMN else catalog.quoted(name)
