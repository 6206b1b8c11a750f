"""Where a DEFAULT ends: PostgreSQL's ``b_expr``, the expressions that a column constraint may follow."""

from __future__ import annotations

from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL, RESERVED, words
from analyzer.sql.types import GRAMMAR_TYPES, read_type

_VALUES = words(
    """
    null true false current_date current_time current_timestamp localtime localtimestamp current_role current_user
    session_user system_user user current_catalog current_schema default
    """
)
_NO_OPERATOR = frozenset(("(", ")", "[", "]", ",", ".", ":", ";", ":=", "=>"))


def skip_b_expr(cursor: Cursor) -> None:
    """Pass an expression without AND, OR, NOT, IN, LIKE or COLLATE of its own; refused where it can't go on."""
    while True:
        while at_operator(cursor):
            skip_operator(cursor)
        skip_value(cursor)
        skip_trailers(cursor)
        while cursor.key == "is":
            _skip_is(cursor)
            if cursor.tokens[cursor.at - 1].key != "document":
                skip_value(cursor)
                skip_trailers(cursor)
        if not at_operator(cursor):
            return
        skip_operator(cursor)


def at_operator(cursor: Cursor) -> bool:
    """True when an operator is next."""
    token = cursor.token
    if token.kind == "op":
        return token.key not in _NO_OPERATOR and token.key != "::"
    return token.key == "operator" and cursor.ahead().key == "("


def skip_operator(cursor: Cursor) -> None:
    """Pass an operator: by its sign, or ``OPERATOR(schema.sign)``."""
    if cursor.step().key == "operator":
        cursor.skip_parens()


def _skip_is(cursor: Cursor) -> None:
    cursor.must("is")
    cursor.take("not")
    if not cursor.take("document"):
        cursor.must("distinct", "from")


def skip_trailers(cursor: Cursor) -> None:
    """Pass casts, subscripts and fields behind an operand."""
    while True:
        if cursor.take("::"):
            read_type(cursor)
        elif cursor.key == "[":
            cursor.skip_parens()
        elif cursor.take("."):
            if not cursor.take("*"):
                cursor.name(NOT_A_LABEL)
        else:
            return


def skip_value(cursor: Cursor) -> None:
    """Pass an operand; refused when there is none."""
    token = cursor.token
    key = token.key
    if token.kind == "string":
        while cursor.token.kind == "string":
            cursor.step()
        if cursor.take("uescape"):
            cursor.string()
    elif token.kind in ("number", "param", "bits"):
        cursor.step()
    elif key == "(":
        cursor.skip_parens()
    elif key == "case":
        _skip_case(cursor)
    elif key in ("array", "cast"):
        cursor.step()
        cursor.skip_parens()
    elif key in _VALUES:
        cursor.step()
        if cursor.key == "(":
            cursor.skip_parens()
    elif key in GRAMMAR_TYPES and not (key == "json" and cursor.ahead().key == "(") and not _is_national_column(cursor):
        _skip_typed_literal(cursor)
    elif token.kind == "quoted" or token.kind == "word":
        _skip_named(cursor)
    else:
        cursor.refuse()


def _is_national_column(cursor: Cursor) -> bool:
    return cursor.key == "national" and cursor.ahead().key not in ("character", "char")


def _skip_case(cursor: Cursor) -> None:
    depth = 0
    while True:
        if cursor.done:
            cursor.refuse()
        if cursor.key == "(":
            cursor.skip_parens()
            continue
        key = cursor.step().key
        depth += 1 if key == "case" else -1 if key == "end" else 0
        if depth == 0:
            return


def _skip_typed_literal(cursor: Cursor) -> None:
    """``interval '1 day'``; without a string it is a column of that name."""
    interval = cursor.key == "interval"
    start = cursor.at
    read_type(cursor)
    if cursor.token.kind != "string":
        cursor.at = start
        _skip_named(cursor)
        return
    cursor.step()
    while interval and cursor.take_any("year", "month", "day", "hour", "minute", "second", "to"):
        if cursor.key == "(":
            cursor.skip_parens()


def _skip_named(cursor: Cursor) -> None:
    """A column, a function call, or a literal of a named type."""
    _skip_name(cursor)
    if cursor.token.kind == "string":
        cursor.step()
    elif cursor.key == "(":
        _skip_call(cursor)


def _skip_name(cursor: Cursor) -> None:
    if cursor.ahead().key == "(" and cursor.token.key not in RESERVED:
        cursor.step()
        return
    cursor.name()
    while cursor.key == "." and cursor.ahead().key != "*":
        cursor.step()
        cursor.name(NOT_A_LABEL)


def _skip_call(cursor: Cursor) -> None:
    cursor.skip_parens()
    if cursor.token.kind == "string":
        cursor.step()
        return
    if cursor.take("within", "group"):
        cursor.skip_parens()
    if cursor.key == "filter" and cursor.ahead().key == "(":
        cursor.step()
        cursor.skip_parens()
    if cursor.take("over"):
        if cursor.key == "(":
            cursor.skip_parens()
        else:
            cursor.name()


def skip_function(cursor: Cursor) -> None:
    """Pass a function call; refused when it is none."""
    _skip_name(cursor)
    cursor.skip_parens()
