"""Values that a column does not take: of another type, or spelt as none of its own. PostgreSQL tells before there is any row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzer.model.catalog import Column, Parameter, TypeUse
from analyzer.model.events import Constant, Text, Value
from analyzer.model.query import SourceName
from analyzer.model.span import Span
from analyzer.sql.calls import is_parenthesis
from analyzer.sql.comparing import FAMILIES, enum_of, given_by, refuse_literal
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.literals import fits
from analyzer.sql.state import Refusal, State
from analyzer.sql.types import read_type
from analyzer.sql.values import read_constant

_FAMILIES = {
    **FAMILIES,
    "json": "jsonb",
    **dict.fromkeys(("time without time zone", "time with time zone"), "clock"),
    "interval": "interval",
}
# Besides what is of one family, and text, which all becomes by itself.
_BECOMES = frozenset((("moment", "clock"), ("clock", "interval"), ("interval", "clock")))
# The families of which it is known to what they are cast, enums aside; and the one number that is a boolean.
_CAST = frozenset(("number", "boolean", "uuid", "jsonb", "moment", "array"))
_WHOLE = frozenset((("integer", "boolean"), ("boolean", "integer")))
_KEYWORDS = {
    "current_timestamp": "timestamp with time zone",
    "localtimestamp": "timestamp without time zone",
    "current_date": "date",
    "current_user": "name",
    "session_user": "name",
}
_END = Token("end", "", "", 0, 0)

# What is wrong, by the type that is wanted and the one that is given.
_Said = Callable[[str, str], str]


def refuse_default(state: State, column: Column, text: Text | None) -> None:
    """42804, 22P02 or the like for a default that the column does not take, where it is as plain as a literal or a call."""
    _refuse_given(state, column.type, text, _of_column(column, "default expression"))


def refuse_parameter_default(state: State, parameter: Parameter, text: Text | None) -> None:
    """The same for the default of a function's argument."""
    _refuse_given(state, parameter.type, text, "argument of DEFAULT must be type {}, not type {}".format)


def _refuse_given(state: State, wanted: TypeUse, text: Text | None, said: _Said) -> None:
    if text is None or wanted.name == "unknown":
        return
    script = lex(text.sql, text.span.start)
    given = _given(state, script, script.tokens, text.span)
    if isinstance(given, str):
        refuse_literal(state, wanted, given, text.span)
    elif given is not None:
        _refuse_type(state, wanted, given, said, text.span)


def refuse_value(state: State, column: Column, value: Value, at: Span) -> None:
    """The same for a value that a row is given, and 22001 for a text that is longer than the column lets in."""
    if not isinstance(value, Constant) or column.type.name == "unknown":
        return
    if value.quoted:
        refuse_literal(state, column.type, value.text, at)
        _refuse_length(state, column.type, value.text, at)
    elif value.type:
        _refuse_type(state, column.type, TypeUse(value.type), _of_column(column, "expression"), at)


def _refuse_length(state: State, use: TypeUse, text: str, at: Span) -> None:
    if use.oid is None and not use.dimensions and not fits(use.name, use.modifier, text):
        raise Refusal("22001", f"value too long for type {state.catalog.spell(use)}", at)


def becomes(state: State, given: TypeUse, wanted: TypeUse) -> bool:
    """False where values of the one type certainly do not become those of the other by themselves."""
    found, target = _family(state, given), _family(state, wanted)
    alike = found is None or target is None or found == target or state.own_casts
    return alike or target == "text" or (found, target) in _BECOMES


def refuse_cast(state: State, column: Column, text: Text | None) -> None:
    """42846 for a column that is cast to what its type is never cast to: `using id::uuid` of a number."""
    if text is None or column.type.name == "unknown":
        return
    script = lex(text.sql, text.span.start)
    wanted = _cast_of(state, script, script.tokens, column.name)
    if wanted is not None and not _casts(state, column.type, wanted):
        spelt, other = state.catalog.spell(column.type), state.catalog.spell(wanted)
        raise Refusal("42846", f"cannot cast type {spelt} to {other}", text.span)


def _cast_of(state: State, script: Script, tokens: Sequence[Token], column: str) -> TypeUse | None:
    """The type that the column is cast to, where that is all that there is."""
    tokens = _bare(tokens)
    if [each.key for each in tokens[:2]] == ["cast", "("] and is_parenthesis(tokens[1:]):
        inner = tokens[2:-1]
        at = next((n for n in range(len(inner) - 1, -1, -1) if inner[n].key == "as"), 0)
    else:
        inner = tokens
        at = next((n for n in range(len(inner) - 1, -1, -1) if inner[n].key == "::"), 0)
    named = _bare(inner[:at])
    if len(named) != 1 or named[0].kind not in ("word", "quoted") or named[0].value != column:
        return None
    cursor = Cursor(script, [*inner[at + 1 :], _END])
    try:
        type_ = read_type(cursor)
    except (RefusedError, NotUnderstoodError):
        return None
    return state.resolve_type(type_) if cursor.done else None


def _casts(state: State, given: TypeUse, wanted: TypeUse) -> bool:
    """False where PostgreSQL has no cast from the one type to the other, which it always has to and from text."""
    pair = _family(state, given), _family(state, wanted)
    told = all(isinstance(each, int) or each in _CAST for each in pair)
    if state.own_casts or not told or pair[0] == pair[1]:
        return True
    return (given.name, wanted.name) in _WHOLE or (pair[0] == "jsonb" and pair[1] in ("number", "boolean"))


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    while is_parenthesis(tokens):
        tokens = tokens[1:-1]
    return tokens


def _refuse_type(state: State, wanted: TypeUse, given: TypeUse, said: _Said, at: Span) -> None:
    if not becomes(state, given, wanted):
        raise Refusal("42804", said(state.catalog.spell(wanted), state.catalog.spell(given)), at)


def _of_column(column: Column, what: str) -> _Said:
    return lambda wanted, given: f'column "{column.name}" is of type {wanted} but {what} is of type {given}'


def _family(state: State, use: TypeUse) -> str | int | None:
    if use.dimensions:
        return "array"
    enum = enum_of(state, use)
    return enum.oid if enum is not None else _FAMILIES.get(use.name) if use.oid is None else None


def _given(state: State, script: Script, tokens: Sequence[Token], at: Span) -> str | TypeUse | None:
    """The text of a literal without a type, the type of another plain expression, and None for what is not plain."""
    tokens = _bare(tokens)
    cast = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n].key == "::"), None)
    if cast is not None:
        return _of_cast(state, script, tokens, cast, at)
    constant = read_constant(tokens)
    if constant is not None:
        return constant.text if constant.quoted else TypeUse(constant.type)
    if len(tokens) == 1 and tokens[0].kind == "word":
        return TypeUse(_KEYWORDS[tokens[0].key]) if tokens[0].key in _KEYWORDS else None
    name = _called(script, tokens)
    return given_by(state, name) if name is not None else None


def _of_cast(state: State, script: Script, tokens: Sequence[Token], at: int, place: Span) -> TypeUse | None:
    """The type that the last cast of a literal gives, if that is all there is; refuses what is no value of it."""
    cursor = Cursor(script, [*tokens[at + 1 :], _END])
    try:
        type_ = read_type(cursor)
    except (RefusedError, NotUnderstoodError):
        return None
    if not cursor.done or at != 1 or tokens[0].kind != "string":
        return None
    use = state.resolve_type(type_)
    refuse_literal(state, use, tokens[0].value, place)
    return use


def _called(script: Script, tokens: Sequence[Token]) -> SourceName | None:
    """The function, where the tokens are one call and no more."""
    parts = 3 if len(tokens) > 1 and tokens[1].key == "." else 1
    name = tokens[parts - 1 : parts]
    if not is_parenthesis(tokens[parts:]) or not all(each.kind in ("word", "quoted") for each in name):
        return None
    span = script.span(tokens[0].start, name[0].end)
    return SourceName(tokens[0].value if parts > 1 else None, name[0].value, span)
