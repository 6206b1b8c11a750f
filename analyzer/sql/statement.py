"""How a statement is read: the contract of the files in ``ddl/``.

Each file there has a constant ``READERS``: the words that a statement starts with to the function that reads it. The
cursor stands after those words; what may stand among them (OR REPLACE, TEMP, UNIQUE, …) is in ``cursor.modifiers``.
A new kind of statement is one new file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from analyzer.model.events import Event, Gap, Statement, SyntaxFault
from analyzer.registry import find_constants
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError
from analyzer.sql.gap import gap
from analyzer.sql.keywords import STATEMENT_STARTS, words
from analyzer.sql.lexer import Script, Token

Reader = Callable[[Cursor], Event]
Readers = Mapping[str, Reader]

_MOST_WORDS = 4
_TEMPORARY = frozenset(("table", "view", "sequence"))
_MODIFIED = {
    "replace": words("function procedure view trigger rule aggregate language trusted procedural transform"),
    "global": _TEMPORARY,
    "local": _TEMPORARY,
    "temp": _TEMPORARY,
    "temporary": _TEMPORARY,
    "unlogged": words("table sequence materialized"),
    "recursive": frozenset(("view",)),
    "unique": frozenset(("index",)),
    "constraint": frozenset(("trigger",)),
    "trusted": frozenset(("language",)),
    "procedural": frozenset(("language",)),
}


@cache
def _readers() -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for readers in find_constants("analyzer.sql.ddl", "READERS"):
        found.update(readers)
    return found


def read_statement(script: Script, tokens: list[Token]) -> Statement:
    """What one statement does; ``tokens`` end with the ``end`` token."""
    cursor = Cursor(script, tokens)
    span = script.span(tokens[0].start, tokens[-2].end)
    kind, reader, object_at = _find_reader(cursor)
    try:
        if any(tokens[object_at].key not in _MODIFIED[modifier] for modifier in cursor.modifiers):
            raise RefusedError(tokens[object_at])
        event = _read(cursor, kind, reader)
    except RefusedError as refused:
        event = _fault(script, refused)
    except NotUnderstoodError as reason:
        event = gap(script, tokens[:-1], str(reason))
    if tokens[-1].key == "" and tokens[-1].value not in ("", ";"):
        event = _unterminated(script, tokens[-1])
    return Statement(kind, span, event)


def _read(cursor: Cursor, kind: str, reader: Reader | None) -> Event:
    if reader is None:
        if cursor.tokens[0].key not in STATEMENT_STARTS:
            raise RefusedError(cursor.tokens[0])
        raise NotUnderstoodError(f"{kind.upper()} is not followed")
    event = reader(cursor)
    if not isinstance(event, Gap):
        cursor.must_end()
    return event


def _find_reader(cursor: Cursor) -> tuple[str, Reader | None]:
    """The reader of the longest run of leading words that has one; the cursor is moved behind them."""
    tokens = cursor.tokens
    leading, places, modifiers = [tokens[0].key], [1], []
    at = 1
    creates = leading[0] == "create"
    while len(leading) < _MOST_WORDS and tokens[at].kind == "word":
        key = tokens[at].key
        if creates and len(leading) == 1 and key == "or" and tokens[at + 1].key == "replace":
            modifiers.append("replace")
            at += 2
            continue
        at += 1
        if creates and len(leading) == 1 and key in _MODIFIED:
            modifiers.append(key)
            continue
        leading.append(key)
        places.append(at)
    readers = _readers()
    cursor.modifiers = frozenset(modifiers)
    for count in range(len(leading), 0, -1):
        kind = " ".join(leading[:count])
        if kind in readers:
            cursor.at = places[count - 1]
            return kind, readers[kind]
    return " ".join(leading[:2]) or tokens[0].value, None


def _fault(script: Script, refused: RefusedError) -> SyntaxFault:
    token = refused.token
    text = token.value if token.kind == "end" else script.text[token.start : token.end]
    said = f'syntax error at or near "{text}"' if text else "syntax error at end of input"
    return SyntaxFault(refused.message or said, script.span(token.start, token.end))


def _unterminated(script: Script, token: Token) -> SyntaxFault:
    return SyntaxFault(unterminated(token), script.span(token.start, token.end))


def unterminated(token: Token) -> str:
    """PostgreSQL's words for what has no end."""
    what = {"/": "/* comment", '"': "quoted identifier", "$": "dollar-quoted string"}.get(
        token.value[0], "quoted string"
    )
    return f'unterminated {what} at or near "{token.value.splitlines()[0][:60]}"'
