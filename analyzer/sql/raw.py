"""SQL that stands in code of another language: which relations one statement names, and what it does with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from analyzer.model.events import Need
from analyzer.model.query import SourceName
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.query import read_query, relations_of
from analyzer.sql.split import split
from analyzer.sql.state import SYSTEM_SCHEMAS
from analyzer.sql.statement import read_statement

_WRITES = frozenset(("insert", "update", "delete", "merge"))


@lru_cache(maxsize=1024)  # a file is read again when others tell something about it
def relations_in(sql: str, start: int) -> tuple[tuple[str, SourceName], ...]:
    """The relations that the text names, each with what is done to it, in the order of the text; each name once a place.

    ``start`` is the byte where the text begins. What can't be read names nothing.
    """
    script = lex(sql, start)
    if script.unterminated:
        return ()
    found = (each for tokens in split(script) for each in _of_statement(script, tokens))
    return tuple(sorted(dict.fromkeys(each for each in found if _own(each[1])), key=lambda each: each[1].span))


def _of_statement(script: Script, tokens: list[Token]) -> Iterator[tuple[str, SourceName]]:
    first = tokens[0].key
    if first in ("select", "with", "("):
        piece = script.piece(tokens[:-1] if tokens[-1].kind == "end" else tokens)
        query = read_query(piece.sql, piece.span.start)
        yield from (("select", each) for each in relations_of(query)) if query is not None else ()
    elif first in _WRITES and isinstance(event := read_statement(script, tokens).event, Need):
        written = [SourceName(ref.schema, ref.name, ref.span) for ref in event.relations]
        yield from ((first, each) for each in written)
        # What UPDATE and DELETE read is a query over the table that they change.
        read = (each for query in event.reads for each in relations_of(query))
        places = {each.span.start for each in written}
        yield from (("select", each) for each in read if each.span.start not in places)


def _own(name: SourceName) -> bool:
    return name.schema not in SYSTEM_SCHEMAS and not (name.schema is None and name.name.startswith("pg_"))
