"""The relations that the SQL within a function's body names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.events import Need, Ref
from analyzer.sql.lexer import Script, Token
from analyzer.sql.plpgsql.queries import WRITING, Queries
from analyzer.sql.plpgsql.tokens import holds_any, pieces
from analyzer.sql.query import relations_of

_SKIPPED = frozenset(("return", "query", "perform", "next"))


def embedded(script: Script, places: Sequence[int]) -> Iterator[Ref]:
    """The relations that the SQL within a function's body names, in pieces where one of the places is, which are in order.

    What cannot be read names none.
    """
    reader = Queries(script, {})
    for tokens in (sql for piece in pieces(script.tokens) for sql in _sql(piece)):
        if not holds_any(tokens, places):
            continue
        key = tokens[0].key
        if key in WRITING:
            statement = reader.statement(script, _without_into(tokens))
            if isinstance(statement.event, Need):
                span = reader.span(tokens)
                reads = (each for read in statement.event.reads for each in relations_of(read))
                yield from statement.event.relations
                yield from (Ref(each.schema, each.name, span) for each in reads)
        elif key in ("select", "with", "("):
            yield from reader.tables_in(tokens)
        elif any(token.key == "select" for token in tokens):
            yield from reader.tables_in(tokens, expression=True)


def _sql(piece: list[Token]) -> Iterator[list[Token]]:
    """A piece without what plpgsql sets before its SQL; nothing for SQL that is put together at run time."""
    while piece and piece[0].key in _SKIPPED:
        piece = piece[1:]
    keys = [token.key for token in piece]
    if keys[:1] in (["for"], ["foreach"]) and "in" in keys:
        piece = piece[keys.index("in") + 1 :]
    elif keys[:1] == ["open"] and "for" in keys:
        piece = piece[keys.index("for") + 1 :]
    elif len(keys) > 1 and ":=" in keys:
        piece = piece[keys.index(":=") + 1 :]
    if piece and piece[0].key not in ("execute", "raise", "get", "fetch", "close", "end", "exception"):
        yield piece


def _without_into(tokens: list[Token]) -> list[Token]:
    """A writing statement without ``INTO variable`` after RETURNING."""
    keys = [token.key for token in tokens]
    after = keys.index("returning") if "returning" in keys else len(keys)
    return tokens[: keys.index("into", after)] if "into" in keys[after:] else tokens
