"""The ends of queries that belong to the statement around them."""

from __future__ import annotations

from analyzer.model.events import Text
from analyzer.sql.cursor import Cursor


def query_text(cursor: Cursor, *endings: tuple[str, ...]) -> Text:
    """The rest of the statement as a query, without the first of ``endings`` that it ends with."""
    first, end = cursor.at, len(cursor.tokens) - 1
    keys = tuple(token.key for token in cursor.tokens[first:end])
    cut = next((len(ending) for ending in endings if keys[-len(ending) :] == ending), 0)
    if first == end or end - cut <= first:
        cursor.refuse()
    cursor.until()
    cursor.must_end()
    return cursor.script.piece(cursor.tokens[first : end - cut])


DATA_ENDINGS = (("with", "no", "data"), ("with", "data"))
CHECK_ENDINGS = (
    ("with", "cascaded", "check", "option"),
    ("with", "local", "check", "option"),
    ("with", "check", "option"),
)
