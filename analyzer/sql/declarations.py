"""The types of the variables that a plpgsql function declares: PostgreSQL looks them up when the function is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

from analyzer.model.events import Argument, Ref, Text, TypeRef
from analyzer.sql.cursor import Cursor, RefusedError
from analyzer.sql.keywords import NOT_A_FUNCTION
from analyzer.sql.lexer import Script, Token
from analyzer.sql.types import GRAMMAR_TYPES, is_builtin, read_routine_type

_ENDS = frozenset(("begin", "end"))
_NO_TYPE = frozenset(("alias", "cursor", "no", "scroll", "record", "refcursor"))


def read_declared(script: Script, body: Text | None, arguments: Collection[Argument]) -> tuple[TypeRef | Ref, ...]:
    """The types of the outermost DECLARE that PostgreSQL does not have itself; a relation for ``%ROWTYPE``."""
    if body is None:
        return ()
    inner = Script(body.sql, body.span.start)
    tokens = list(takewhile(lambda token: token.key not in _ENDS, inner.stream()))
    at = next((at for at, token in enumerate(tokens) if token.key == "declare"), -1)
    if at < 0 or at > 3:
        return ()
    known = {each.name for each in arguments}
    return tuple(_types(inner, tokens[at + 1 :], known))


def _types(script: Script, tokens: list[Token], known: set[str | None]) -> Iterator[TypeRef | Ref]:
    declaration: list[Token] = []
    for token in tokens:
        if token.key != ";":
            if declaration or token.key != "declare":  # it may be said again
                declaration.append(token)
            continue
        found = _type(script, declaration, known)
        if found is not None:
            yield found
        known.update(each.value for each in declaration[:1])
        declaration = []


def _type(script: Script, tokens: list[Token], known: Collection[str | None]) -> TypeRef | Ref | None:
    """The type of ``name [CONSTANT] type …``; None where it is PostgreSQL's own, or another variable's."""
    rest = tokens[2:] if len(tokens) > 1 and tokens[1].key == "constant" else tokens[1:]
    if not rest or rest[0].key in _NO_TYPE or rest[0].key in GRAMMAR_TYPES or is_builtin(rest[0].value):
        return None
    cursor = Cursor(script, [*rest, Token("end", "", "", 0, 0)])
    try:
        if row := _row(cursor):
            return row
        if rest[0].value in known:
            return None
        found = read_routine_type(cursor)
    except RefusedError:
        return None
    if cursor.key == "%":  # of a variable, or of what is not followed
        return None
    return found if found.column is not None or not (found.schema is None and is_builtin(found.name)) else None


def _row(cursor: Cursor) -> Ref | None:
    """``table%ROWTYPE``."""
    parts = 1
    while cursor.ahead(2 * parts - 1).key == ".":
        parts += 1
    if cursor.ahead(2 * parts - 1).key != "%" or cursor.ahead(2 * parts).key != "rowtype":
        return None
    return cursor.ref(NOT_A_FUNCTION)
