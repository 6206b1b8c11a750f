"""SQL in the code: sql`select … from deals`, `pool.query('…')`, `pool.query({ text: '…' })`, prisma.$queryRaw`…`.

Which database such a statement runs in can't be told from the file: so what it names is used, and never missing. What is
put in at run time stands for a value; where it stands for a name, that is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.code.extractor import Extractor, Match
from analyzer.code.script import span_of
from analyzer.model.facts import Name, Reference, Unresolved
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_STARTS = r"(?:select|insert|update|delete|with|merge)\b"
_STATEMENT = re.compile(rf"\s*(?:--[^\n]*\n\s*)*{_STARTS}", re.IGNORECASE)
_NAMES_A_RELATION = re.compile(r"\b(?:from|join|into|update)\s+$", re.IGNORECASE)
_WORDS = (b"sql", b"query", b"unsafe", b"$queryRaw", b"$executeRaw")
_ANCHOR = (
    rb"(?:\bsql(?=\s*(?:<[^`()]*>)?`)|[$](?:query|execute)Raw(?:Unsafe)?|"
    rb"\.\s*(?:query|queryObject|queryArray|unsafe)(?=\s*(?:<[^`()]*>)?\(\s*(?:\{[^{}]*?\btext\s*:\s*)?[`'\"]\s*(?i:"
    + _STARTS.encode()
    + rb")))"
)


def read(match: Match) -> tuple[Reference | Unresolved, ...]:
    """A reference for each relation that the statement names."""
    literal = match.nodes["raw_sql"]
    text, holes = _text(match, literal)
    if not _STATEMENT.match(text):
        return ()
    start = literal.start_byte + 1
    found: list[Reference | Unresolved] = [
        Unresolved("table", span_of(hole), "name put into SQL at run time")
        for hole in holes
        if _NAMES_A_RELATION.search(
            text.encode("utf-8", "surrogateescape")[: hole.start_byte - start].decode("utf-8", "replace")
        )
    ]
    for operation, source in match.values.relations_in(text, start):
        name = Name(source.name, _bare(match.values.script.data, source.span, source.name))
        schema = Name(source.schema, source.span) if source.schema is not None else None
        found.append(Reference("table", (name,), schema, operation=operation, client="sql"))
    return tuple(found)


def _text(match: Match, literal: Node) -> tuple[str, list[Node]]:
    """What stands between the quotes, as many bytes as there are; a parameter stands for each part that is put in."""
    data = bytearray(
        match.values.script.data[literal.start_byte + 1 : max(literal.end_byte - 1, literal.start_byte + 1)]
    )
    holes = [each for each in literal.named_children if each.type == "template_substitution"]
    for hole in holes:
        first, last = hole.start_byte - literal.start_byte - 1, hole.end_byte - literal.start_byte - 1
        data[first:last] = b"$1".ljust(last - first)
    return bytes(data).decode("utf-8", "surrogateescape"), holes


def _bare(data: bytes, span: Span, name: str) -> Span:
    """The name without quotes, and without the schema before it."""
    end = span.end - data[span.start : span.end].endswith(b'"')
    return Span(max(span.start, end - len(name.encode("utf-8", "surrogateescape"))), end)


EXTRACTOR = Extractor("raw_sql", ("table",), _WORDS, _ANCHOR, "raw_sql", read)
