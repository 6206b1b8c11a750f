"""PostgreSQL's ``a_expr``, for expressions that stand alone: refused where an operand or an operator is missing.

What holds a query, and calls that have a grammar of their own, are passed as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.model.events import Text
from analyzer.sql.cursor import Cursor
from analyzer.sql.expression import at_operator, skip_operator, skip_trailers, skip_value
from analyzer.sql.keywords import COLUMN_NAME, NOT_A_COLUMN, TYPE_OR_FUNCTION, words
from analyzer.sql.lexer import Token
from analyzer.sql.types import GRAMMAR_TYPES

_BINARY_ONLY = frozenset(("=", "<", ">", "<=", ">=", "<>", "!=", "*", "/", "%", "^"))
_JOINING = words("and or like ilike overlaps escape")
_STATES = words("null true false unknown document json normalized nfc nfd nfkc nfkd")
# Within the parentheses of a call they are no expression's, or begin a query.
_APART = words(
    """
    select with values table order distinct all variadic from for as within placing using value on returning format
    absent keys error default empty wrapper passing separator
    """
)
_HEADS = {"array": ("(", "["), **dict.fromkeys(("exists", "row", "any", "some", "all"), ("(",))}
# Functions with a grammar of their own, and types; named arguments, and ``count(*)``.
_SPECIAL = COLUMN_NAME | GRAMMAR_TYPES | NOT_A_COLUMN
_NOTATION = frozenset(("=>", ":=", "*"))
# Two of three conditions have been read before: policies repeat one another.
_SOUND: set[str] = set()
_MOST_KNOWN, _LONGEST = 4_096, 1_000


def read_condition(cursor: Cursor) -> Text:
    """The text of an expression in parentheses; the statement is refused where it is none."""
    start = cursor.at
    text = cursor.parens()
    refuse_malformed(cursor, start + 1, cursor.at - 1)
    return text


def refuse_malformed(cursor: Cursor, start: int, end: int) -> None:
    """Raises RefusedError at the first of these tokens with which no expression can go on; the cursor stays where it is."""
    text = cursor.script.text[cursor.tokens[start].start : cursor.tokens[max(start, end - 1)].end]
    if text in _SOUND:
        return
    here, cursor.at = cursor.at, start
    _expression(cursor)
    if cursor.at != end:
        cursor.refuse()
    cursor.at = here
    if len(text) <= _LONGEST:
        if len(_SOUND) == _MOST_KNOWN:
            _SOUND.clear()
        _SOUND.add(text)


def _expression(cursor: Cursor) -> None:
    ranges = 0  # BETWEEN that wait for their AND
    while True:
        _prefixes(cursor)
        _operand(cursor)
        while _postfix(cursor):
            pass
        negated = cursor.key == "not" and cursor.ahead().key in ("like", "ilike", "between", "similar")
        cursor.at += negated
        if cursor.take("between"):
            cursor.take_any("symmetric", "asymmetric")
            ranges += 1
        elif cursor.key == "and" and ranges:
            cursor.step()
            ranges -= 1
        elif not (cursor.take("similar", "to") or cursor.take_any(*_JOINING)):
            if not at_operator(cursor):
                break
            skip_operator(cursor)
    if ranges:
        cursor.refuse()


def _prefixes(cursor: Cursor) -> None:
    while cursor.key not in _BINARY_ONLY:
        if not cursor.take("not"):
            if not at_operator(cursor):
                return
            skip_operator(cursor)


def _postfix(cursor: Cursor) -> bool:
    """Pass what may stand behind an operand, and say whether there was any."""
    if cursor.take("is"):
        cursor.take("not")
        if cursor.take("distinct"):
            cursor.must("from")
            _prefixes(cursor)
            _operand(cursor)
        else:
            cursor.must_any(*_STATES)
            cursor.take_any("normalized", "value", "array", "object", "scalar")
            if cursor.take_any("with", "without"):
                cursor.must("unique")
                cursor.take("keys")
            skip_trailers(cursor)
        return True
    if cursor.sees("in") or cursor.sees("not", "in"):
        cursor.take("not")
        cursor.must("in")
        _list(cursor)
        return True
    if cursor.take("at"):
        if not cursor.take("local"):
            cursor.must("time", "zone")
            _prefixes(cursor)
            _operand(cursor)
        return True
    if cursor.take("collate"):
        cursor.ref()
        return True
    return bool(cursor.take_any("isnull", "notnull"))


def _operand(cursor: Cursor) -> None:
    key = cursor.key
    if key == "(":
        _list(cursor)
    elif key == "case":
        _case(cursor)
    elif cursor.token.kind == "word" and key in _HEADS and cursor.ahead().key in _HEADS[key]:
        cursor.step()
        cursor.skip_parens()
    elif cursor.take("collation", "for"):
        cursor.skip_parens()
    elif key in TYPE_OR_FUNCTION and cursor.ahead().kind == "string":
        cursor.at += 2  # a literal of a type of that name
    elif (opening := _opening(cursor)) is not None:
        _call(cursor, opening)
    else:
        skip_value(cursor)
    skip_trailers(cursor)


def _case(cursor: Cursor) -> None:
    cursor.must("case")
    if cursor.key != "when":
        _expression(cursor)
    cursor.must("when")
    while True:
        _expression(cursor)
        cursor.must("then")
        _expression(cursor)
        if not cursor.take("when"):
            break
    if cursor.take("else"):
        _expression(cursor)
    cursor.must("end")


def _list(cursor: Cursor) -> None:
    """Expressions in parentheses; a query in them is passed."""
    start = cursor.at
    inner = cursor.skip_parens()
    if _is_apart(inner):
        return
    end, cursor.at = cursor.at, start + 1
    _expression(cursor)
    while cursor.take(","):
        _expression(cursor)
    if cursor.at != end - 1:
        cursor.refuse()
    cursor.at = end


def _is_apart(tokens: Sequence[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if not depth and token.key in _APART:
            return True
    return False


def _opening(cursor: Cursor) -> int | None:
    """Where the parenthesis opens of a plain function's call, if that is next."""
    parts = 0
    while cursor.ahead(parts + 1).key == ".":
        parts += 2
    named = cursor.token.kind in ("word", "quoted") and cursor.ahead(parts + 1).key == "("
    special = not parts and cursor.token.kind == "word" and cursor.key in _SPECIAL
    return cursor.at + parts + 1 if named and not special else None


def _call(cursor: Cursor, opening: int) -> None:
    skip_value(cursor)  # to its end, with FILTER and OVER
    end, cursor.at = cursor.at, opening
    inner = cursor.skip_parens()
    if inner and _NOTATION.isdisjoint(token.key for token in inner):
        cursor.at = opening
        _list(cursor)
    cursor.at = end
