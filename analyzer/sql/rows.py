"""The query that a statement runs for its rows."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.model.query import Query
from analyzer.sql.cursor import Cursor
from analyzer.sql.lexer import Token
from analyzer.sql.query import read_query


def read_rows(cursor: Cursor, tokens: Sequence[Token]) -> tuple[Query, ...]:
    """The query that the tokens are; none where it reads from nothing, or can't be read."""
    if not any(token.key == "from" for token in tokens):
        return ()
    text = cursor.script.piece(tokens)
    query = read_query(text.sql, text.span.start)
    return () if query is None else (query,)
