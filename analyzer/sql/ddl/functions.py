"""CREATE FUNCTION and CREATE PROCEDURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from analyzer.model.events import Argument, CreateFunction, Event, Statement, Text, TypeRef
from analyzer.sql.cursor import Cursor
from analyzer.sql.declarations import read_declared
from analyzer.sql.keywords import NOT_A_FUNCTION, NOT_A_LABEL, RESERVED
from analyzer.sql.lexer import Token, lex
from analyzer.sql.plpgsql.faults import Returning, body_fault
from analyzer.sql.routine import read_arguments
from analyzer.sql.setting import read_assignment
from analyzer.sql.split import split
from analyzer.sql.types import read_routine_type, read_type
from analyzer.sql.whole_expression import refuse_malformed


@dataclass(slots=True)
class _Options:
    """What follows the signature, in whatever order it comes."""

    language: str = ""
    body: Text | None = None
    expression: bool = False  # the body is what stands behind RETURN
    security_definer: bool = False
    volatility: Literal["volatile", "stable", "immutable"] = "volatile"
    settings: list[tuple[str, str]] = field(default_factory=list)


def _create(cursor: Cursor, procedure: bool) -> Event:
    function = cursor.ref(NOT_A_FUNCTION)
    arguments = read_arguments(cursor)
    returns, table = _returns(cursor) if not procedure else (None, ())
    options = _Options()
    while not cursor.done and cursor.key not in ("return", "begin"):
        read = _OPTIONS.get(cursor.key)
        if read is None:
            cursor.refuse()
        cursor.step()
        read(cursor, options)
    if not cursor.done:
        options.expression = cursor.key == "return"
        options.body = _sql_body(cursor)
        options.language = options.language or "sql"
    return CreateFunction(
        function,
        (*arguments, *table),
        returns,
        options.language,
        options.body,
        "replace" in cursor.modifiers,
        procedure,
        options.security_definer,
        options.volatility,
        tuple(options.settings),
        _statements(cursor, options, (*arguments, *table), _returning(returns, (*arguments, *table)), function.name),
        declared=read_declared(cursor.script, options.body, arguments) if options.language == "plpgsql" else (),
    )


def _returning(returns: TypeRef | None, arguments: tuple[Argument, ...]) -> Returning:
    modes = {each.mode for each in arguments}
    if "table" in modes or (returns is not None and returns.setof):
        return "set"
    if modes & {"out", "inout"}:
        return "out"
    return "void" if returns is None or returns.name in ("void", "event_trigger") else "value"


def _statements(
    cursor: Cursor, options: _Options, arguments: tuple[Argument, ...], returning: Returning, name: str
) -> tuple[Statement, ...]:
    """The statements of a body in SQL, or the fault of one in plpgsql; a quoted one with doubled quotes or escapes is not read."""
    body = options.body
    if body is None or (("''" in body.sql or "\\" in body.sql) and _is_escaped(cursor, body)):
        return ()
    if options.language == "plpgsql":
        known = (name, *(each.name for each in arguments if each.name))
        fault = body_fault(body.sql, body.span.start, known, returning)
        return (Statement("plpgsql", fault.span, fault),) if fault is not None else ()
    if options.language != "sql" or options.expression:
        return ()
    from analyzer.sql.statement import read_statement

    script = lex(body.sql, body.span.start)
    return tuple(read_statement(script, tokens) for tokens in split(script) if tokens[0].key != "return")


def _is_escaped(cursor: Cursor, body: Text) -> bool:
    """True for a body between single quotes: the quotes within it are doubled, and would have to be undone."""
    start = body.span.start
    return any(
        token.kind == "string"
        and token.start < len(cursor.script.text)
        and cursor.script.byte(token.start) < start
        and start <= cursor.script.byte(token.end)
        and cursor.script.text[token.start] != "$"
        for token in cursor.tokens
    )


def _returns(cursor: Cursor) -> tuple[TypeRef | None, tuple[Argument, ...]]:
    if cursor.key != "returns" or cursor.ahead().key == "null":
        return None, ()
    cursor.step()
    if cursor.take("table"):
        return None, cursor.in_parens(lambda: _table_column(cursor))
    return read_routine_type(cursor), ()


def _table_column(cursor: Cursor) -> Argument:
    name = cursor.name(NOT_A_FUNCTION)
    return Argument(read_routine_type(cursor), name, "table")


def _sql_body(cursor: Cursor) -> Text:
    """The expression after RETURN, or the statements of BEGIN ATOMIC … END."""
    if cursor.take("return"):
        start = cursor.at
        text = cursor.text_until()
        refuse_malformed(cursor, start, cursor.at)
        return text
    cursor.must("begin", "atomic")
    first = cursor.at
    rest = cursor.skip_rest()
    if not rest or rest[-1].key != "end":
        cursor.refuse()
    inner = rest[:-1]
    if inner:
        return cursor.script.piece(inner)
    return Text("", cursor.script.span(cursor.tokens[first].start, cursor.tokens[first].start))


# --- options ----------------------------------------------------------------------------------------------------------


def _as(cursor: Cursor, options: _Options) -> None:
    options.body = cursor.quoted_text()
    if cursor.take(","):
        cursor.string()


def _language(cursor: Cursor, options: _Options) -> None:
    options.language = _word_or_string(cursor)


def _word_or_string(cursor: Cursor) -> str:
    return cursor.step().value if cursor.token.kind == "string" else cursor.name(RESERVED)


def _transform(cursor: Cursor, options: _Options) -> None:
    def one() -> Token:
        cursor.must("for", "type")
        read_type(cursor)
        return cursor.token

    cursor.listed(one)


def _volatile(cursor: Cursor, options: _Options) -> None:
    options.volatility = "volatile"


def _stable(cursor: Cursor, options: _Options) -> None:
    options.volatility = "stable"


def _immutable(cursor: Cursor, options: _Options) -> None:
    options.volatility = "immutable"


def _nothing(cursor: Cursor, options: _Options) -> None:
    """WINDOW, STRICT and LEAKPROOF say nothing that we keep."""


def _words(*words: str) -> Callable[[Cursor, _Options], None]:
    return lambda cursor, options: cursor.must(*words)


def _external(cursor: Cursor, options: _Options) -> None:
    cursor.must("security")
    _security(cursor, options)


def _security(cursor: Cursor, options: _Options) -> None:
    options.security_definer = cursor.must_any("definer", "invoker") == "definer"


def _named(cursor: Cursor, options: _Options) -> None:
    cursor.ref(NOT_A_LABEL)


def _number(cursor: Cursor, options: _Options) -> None:
    cursor.take_any("+", "-")
    if cursor.token.kind != "number":
        cursor.refuse()
    cursor.step()


def _set(cursor: Cursor, options: _Options) -> None:
    name, values = read_assignment(cursor, (*_OPTIONS, "begin", "return"))
    if values is not None:
        options.settings.append((name, ", ".join(values)))


def _reset(cursor: Cursor, options: _Options) -> None:
    cursor.ref(NOT_A_LABEL)


_OPTIONS: dict[str, Callable[[Cursor, _Options], None]] = {
    "as": _as,
    "language": _language,
    "transform": _transform,
    "window": _nothing,
    "strict": _nothing,
    "leakproof": _nothing,
    "not": _words("leakproof"),
    "volatile": _volatile,
    "stable": _stable,
    "immutable": _immutable,
    "called": _words("on", "null", "input"),
    "returns": _words("null", "on", "null", "input"),
    "external": _external,
    "security": _security,
    "parallel": _named,
    "support": _named,
    "cost": _number,
    "rows": _number,
    "set": _set,
    "reset": _reset,
}

READERS = {
    "create function": lambda cursor: _create(cursor, procedure=False),
    "create procedure": lambda cursor: _create(cursor, procedure=True),
}
