"""How a statement is read: the contract of the files in ``ddl/``.

Each file there has a constant ``READERS``: the words that a statement starts with to the function that reads it. The
cursor stands after those words; what may stand among them (OR REPLACE, TEMP, UNIQUE, …) is in ``cursor.modifiers``.
A new kind of statement is one new file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache

from analyzer.model.events import Event, Gap, Ref, Statement, SyntaxFault
from analyzer.registry import find_constants
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError
from analyzer.sql.gap import gap
from analyzer.sql.keywords import STATEMENT_STARTS, words
from analyzer.sql.lexer import Script, Token, unterminated

Reader = Callable[[Cursor], Event]
Readers = Mapping[str, Reader]

_MOST_WORDS = 4
_TEMPORARY = frozenset(("table", "view", "sequence"))
_MODIFIED = {
    "replace": words("function procedure view trigger rule aggregate language transform"),
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


_MORE_OBJECTS = words("aggregate assertion constraint default extension transform")


@cache
def _readers() -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for readers in find_constants("analyzer.sql.ddl", "READERS"):
        found.update(readers)
    return found


def read_statement(script: Script, tokens: list[Token]) -> Statement:
    """What one statement does; ``tokens`` end with the ``end`` token."""
    cursor = Cursor(script, tokens)
    last = tokens[-1] if tokens[-1] is script.unterminated else tokens[-2]
    span = script.span(tokens[0].start, last.end)
    kind, reader = _find_reader(cursor)
    try:
        event = _read(cursor, kind, reader)
    except RefusedError as refused:
        event = _fault(script, refused, tokens)
    except NotUnderstoodError as reason:
        event = gap(script, tokens[:-1], str(reason))
    if tokens[-1] is script.unterminated and not _stops_before(event, tokens[-1], script):
        event = _faulty(unterminated(tokens[-1]), tokens[-1], script, tokens)
    return Statement(kind, span, event)


def _stops_before(event: Event, token: Token, script: Script) -> bool:
    """True when PostgreSQL refuses the statement before it comes to the token."""
    return isinstance(event, SyntaxFault) and event.span.start < script.byte(token.start)


def _read(cursor: Cursor, kind: str, reader: Reader | None) -> Event:
    if reader is None:
        _check_start(cursor)
        raise NotUnderstoodError(f"{kind.upper()} is not followed")
    _check_modifiers(cursor)
    event = reader(cursor)
    if not isinstance(event, Gap):
        cursor.must_end()
    return event


def _check_start(cursor: Cursor) -> None:
    """Refuse what no statement starts with, and CREATE, ALTER or DROP of what is no kind of object."""
    first = cursor.tokens[0]
    if first.key not in STATEMENT_STARTS:
        raise RefusedError(first)
    if first.key in ("create", "alter", "drop"):
        objects = {kind.split()[1] for kind in _readers() if kind.startswith(first.key)} | _MORE_OBJECTS
        if cursor.key not in objects:
            raise RefusedError(cursor.token)


def _find_reader(cursor: Cursor) -> tuple[str, Reader | None]:
    """The reader of the longest run of leading words that has one; the cursor is moved behind them."""
    tokens = cursor.tokens
    cursor.step()
    if tokens[0].key == "create":
        cursor.modifiers = frozenset(_modifiers(cursor))
    first = cursor.at
    following = [token.key for token in tokens[first : first + _MOST_WORDS - 1] if token.kind == "word"]
    readers = _readers()
    for count in range(len(following), -1, -1):
        kind = " ".join((tokens[0].key, *following[:count]))
        if kind in readers:
            cursor.at = first + count
            return kind, readers[kind]
    return " ".join((tokens[0].key or tokens[0].value, *following[:1])), None


def _modifiers(cursor: Cursor) -> Iterator[str]:
    if cursor.take("or", "replace"):
        yield "replace"
    while modifier := cursor.take_any(*_MODIFIED):
        yield modifier


def _check_modifiers(cursor: Cursor) -> None:
    """Refuse UNIQUE before a table, OR REPLACE before an index and so on; the object's kind is passed already."""
    for token in cursor.tokens[1 : cursor.at]:
        if token.key not in _MODIFIED and token.key != "or":
            if any(token.key not in _MODIFIED[modifier] for modifier in cursor.modifiers):
                raise RefusedError(token)
            return


def _fault(script: Script, refused: RefusedError, tokens: list[Token]) -> SyntaxFault:
    token = refused.token
    text = token.value if token.kind == "end" else script.text[token.start : token.end]
    said = f'syntax error at or near "{text}"' if text else "syntax error at end of input"
    return _faulty(refused.message or said, token, script, tokens)


def _faulty(message: str, token: Token, script: Script, tokens: list[Token]) -> SyntaxFault:
    made = tuple(_attempted(script, tokens))
    relations, functions = (tuple(ref for is_function, ref in made if is_function == each) for each in (False, True))
    return SyntaxFault(message, script.span(token.start, token.end), relations, functions)


def _attempted(script: Script, tokens: list[Token]) -> Iterator[tuple[bool, Ref]]:
    """The tables and views, and the functions, that each CREATE among the tokens names."""
    cursor = Cursor(script, tokens)
    for at in [at for at, token in enumerate(tokens) if token.key == "create"]:
        cursor.at = at + 1
        kind = _kind_of(cursor)
        cursor.take("if", "not", "exists")
        with suppress(RefusedError):
            if kind:
                yield kind == "function", cursor.ref()


def _kind_of(cursor: Cursor) -> str:
    while cursor.take_any("or", "replace", "unlogged", "foreign", "materialized", "recursive"):
        pass
    return cursor.take_any("table", "view", "function")
