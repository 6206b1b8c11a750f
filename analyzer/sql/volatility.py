"""Expressions that give another value another day: there is no index over one, and no column is generated from one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.catalog import Column, Relation
from analyzer.model.events import Ref, Text
from analyzer.sql.calls import Call, calls_in
from analyzer.sql.keywords import words
from analyzer.sql.lexer import Token, lex
from analyzer.sql.state import Refusal, State

_VALUES = words(
    """
    current_catalog current_date current_role current_schema current_time current_timestamp current_user localtime
    localtimestamp session_user system_user user
    """
)
# Every overload of these is stable or volatile, and none is in SQL, so that it might be put in line.
_FUNCTIONS = words(
    """
    array_sample array_shuffle array_to_json array_to_string clock_timestamp concat concat_ws convert convert_from
    convert_to current_database current_query current_schemas current_setting currval enum_first enum_last enum_range
    format gen_random_uuid json_build_array json_build_object json_populate_record jsonb_build_array jsonb_build_object
    lastval make_timestamptz nextval now random random_normal row_to_json set_config setval statement_timestamp to_char
    to_date to_json to_jsonb to_number transaction_timestamp
    """
)
_OF_AUTH = frozenset(("uid", "role", "jwt", "email"))
_ZONED = frozenset(("timestamp with time zone",))
_TEXTS = frozenset(("text", "character varying"))
_MOMENTS = frozenset(("date", "time", "timestamp", "timestamptz", "timetz"))


def refuse_mutable(state: State, relation: Relation, message: str, *texts: Text | None) -> None:
    """42P17 for an expression that surely can give two values for one row."""
    current = state.catalog.relations[relation.oid]
    for text in texts:
        if text is None or current.open:
            continue
        script = lex(text.sql, text.span.start)
        tokens = script.tokens
        mutable = any(token.kind == "word" and token.key in _VALUES for token in tokens)
        mutable = mutable or any(_calls_mutable(state, call, call.ref(script)) for call in calls_in(tokens))
        if mutable or any(_casts(state, current, tokens)) or any(_of_moments(current, tokens)):
            raise Refusal("42P17", message, text.span)


def _calls_mutable(state: State, call: Call, ref: Ref) -> bool:
    overloads = state.find_functions(ref)
    if not overloads:
        known = call.name in _FUNCTIONS or (call.name == "age" and call.arguments == 1)
        return call.schema in (None, "pg_catalog") and known
    if call.schema == "auth" and call.name in _OF_AUTH:
        return True
    return all(each.language == "plpgsql" and each.volatility in ("stable", "volatile") for each in overloads)


def _casts(state: State, relation: Relation, tokens: Sequence[Token]) -> Iterator[bool]:
    """A moment with its zone, or a text, that is cast to a moment, and an enum that is cast to text."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].key != "::":
            continue
        target, before = tokens[at + 1].key, tokens[at - 1]
        column = _column(relation, tokens, at - 1)
        if column is not None:
            type_ = state.catalog.types.get(column.type.oid or 0)
            yield type_ is not None and type_.kind == "enum" and target in ("text", "varchar")
            changes = column.type.name in _TEXTS or (column.type.name in _ZONED and not _is_zoned(tokens, at + 1))
            yield _is_plain(column) and changes and target in _MOMENTS
        elif before.key == ")" and at > 3:
            yield tokens[at - 3].key == "->>" and tokens[at - 2].kind == "string" and target in _MOMENTS


def _of_moments(relation: Relation, tokens: Sequence[Token]) -> Iterator[bool]:
    """``date_trunc('day', at)``, ``date(at)``, ``extract(year from at)`` of a moment with its zone."""
    for at, token in enumerate(tokens[:-3]):
        if tokens[at + 1].key != "(" or token.value not in ("date", "date_trunc", "date_part", "extract"):
            continue
        place = at + 2 if token.value == "date" else at + 4
        column = _column(relation, tokens, place) if place + 1 < len(tokens) else None
        if column is not None and tokens[place + 1].key == ")":
            yield _is_plain(column) and column.type.name in _ZONED


def _is_zoned(tokens: Sequence[Token], at: int) -> bool:
    """Whether the type there keeps the zone."""
    return tokens[at].key == "timestamptz" or (at + 1 < len(tokens) and tokens[at + 1].key == "with")


def _is_plain(column: Column) -> bool:
    return column.type.oid is None and not column.type.dimensions


def _column(relation: Relation, tokens: Sequence[Token], at: int) -> Column | None:
    """The column that the token is, by its name alone."""
    bare = tokens[at].kind in ("word", "quoted") and (not at or tokens[at - 1].key != ".")
    return relation.column(tokens[at].value) if bare else None
