"""Texts that are cast to the name of an object (``'public.t'::regclass``): PostgreSQL refuses one that names nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analyzer.model.events import DropTarget, Need, Ref, TypeRef
from analyzer.model.span import Span
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.cursor import Cursor, RefusedError
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.plpgsql.tokens import FixedScript
from analyzer.sql.routine import read_signature
from analyzer.sql.setting import split_path
from analyzer.sql.types import is_builtin, read_type

_END = Token("end", "", "", 0, 0)


def named_objects(script: Script, tokens: Sequence[Token]) -> Iterator[Need]:
    """What the casts among the tokens need to be there."""
    for at, token in enumerate(tokens):
        if token.kind != "string" or at + 2 >= len(tokens) or tokens[at + 1].key != "::":
            continue
        qualified = tokens[at + 2].value == "pg_catalog" and at + 4 < len(tokens)
        read = _READERS.get(tokens[at + 4 if qualified else at + 2].key)
        if read is not None and token.value and not token.value.isdecimal():
            need = read(token.value, script.span(token.start, token.end))
            if need is not None:
                yield need


def _relation(text: str, span: Span) -> Need:
    return Need("select", objects=(("relation", DropTarget(_ref(text, span))),))


def _routine(text: str, span: Span) -> Need | None:
    script = FixedScript(text, span)
    script.tokens = lex(text).tokens
    cursor = Cursor(script, [*script.tokens, _END])
    try:
        name = cursor.ref(frozenset())
        args = read_signature(cursor)
    except RefusedError:
        return None
    if (name.schema is None and is_builtin_function(name.name)) or not cursor.done:
        return None
    return Need("select", objects=(("routine", DropTarget(name, args=args)),))


def _type(text: str, span: Span) -> Need | None:
    script = FixedScript(text, span)
    script.tokens = lex(text).tokens
    try:
        found: TypeRef = read_type(Cursor(script, [*script.tokens, _END]))
    except RefusedError:
        return None
    return None if found.schema is None and is_builtin(found.name) else Need("select", types=(found,))


def _schema(text: str, span: Span) -> Need:
    return Need("select", schemas=(_ref(text, span).name,))


def _ref(text: str, span: Span) -> Ref:
    parts = split_path(text.replace(".", ","))
    return Ref(parts[-2] if len(parts) > 1 else None, parts[-1] if parts else "", span)


_READERS: dict[str, Callable[[str, Span], Need | None]] = {
    "regclass": _relation,
    "regproc": _routine,
    "regprocedure": _routine,
    "regtype": _type,
    "regnamespace": _schema,
}
