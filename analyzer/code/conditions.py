"""The small languages of filters and orders: `a.b.column->json`, `a.eq.1,not.and(b.is.null,c.in.(1,2))`, `rel(column).desc`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from analyzer.code.cursor import Cursor, Refused
from analyzer.code.origin import Untold
from analyzer.code.wording import HOLE, Wording
from analyzer.model.facts import Name
from analyzer.model.record import Record
from analyzer.model.request import Constant, Filter, Order
from analyzer.model.span import Span

UNKNOWN = "unknown"
OPERATORS = frozenset(
    (
        "eq",
        "neq",
        "gt",
        "gte",
        "lt",
        "lte",
        "like",
        "ilike",
        "match",
        "imatch",
        "is",
        "isdistinct",
        "in",
        "cs",
        "cd",
        "ov",
    )
) | frozenset(("sl", "sr", "nxr", "nxl", "adj", "fts", "plfts", "phfts", "wfts"))
# The words that PostgREST takes for itself when a parameter of the address ends with them.
_RESERVED = frozenset(("order", "and", "or"))
_QUANTIFIED = frozenset(("eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch"))
_OPERATOR = re.compile(r"(not\.)?(\w+)(?:\(([\w $\0]*)\))?\.")
_IS = re.compile(r"null|not_null|true|false|unknown", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=[,)]|\Z)', re.DOTALL)
_SLASHED = re.compile(r"\\(.)", re.DOTALL)
_ARRAY = re.compile(r"\{[^{}]*\}")
_TEXT = re.compile(r"[^,)]*")
_LOGIC = re.compile(r"(not\.)?(and|or)(?=[ \t]*\()")
_DIRECTION = re.compile(r"(?:\.(?:asc|desc))?(?:\.(?:nullsfirst|nullslast))?(?=,|\Z)")
_CHANGE = re.compile(r"([^=\0]+)=(\w+)\.(.*)", re.DOTALL)
_ADDED = ".asc"
_DEEPEST = 50


class Target(Record, frozen=True):
    """The column that a condition speaks of, and the embeds that lead to it."""

    column: Name
    path: tuple[Name, ...] = ()
    json: bool = False


def read_target(wording: Wording) -> Target:
    """The column of `.eq('embed.column->json', …)`. Raises `Refused` for what PostgREST cannot parse, `Untold` for holes."""
    cursor = Cursor(wording)
    names = _dotted(cursor)
    json = cursor.json_path()
    word = wording.text.rpartition(".")[2]
    if word in _RESERVED and len(names) == wording.text.count(".") + 1:
        start = len(wording.text) - len(word)
        reason = f"PostgREST reads `{word}` as a word of its own; a column of that name needs double quotes"
        raise Refused(start, wording.part(start, len(wording.text)), reason)
    return Target(names[-1], names[:-1], json)


def read_path(wording: Wording) -> tuple[Name, ...]:
    """The embeds of `referencedTable`. Raises `Refused`, and `Untold` for holes."""
    return _dotted(Cursor(wording))


def read_names(wording: Wording) -> tuple[Name, ...]:
    """The columns of `onConflict`. Raises `Refused`, and `Untold` for holes."""
    cursor = Cursor(wording)
    names = [_name(cursor)]
    cursor.blanks()
    while cursor.take(","):
        cursor.blanks()
        names.append(_name(cursor))
        cursor.blanks()
    return _whole(tuple(names))


def read_orders(wording: Wording, path: tuple[Name, ...] = (), *, sent: bool = False) -> tuple[Order, ...]:
    """The columns of `.order(…)`, to which the client adds the direction; ``sent`` for what is already as PostgREST gets it.

    Raises `Refused`, and `Untold` for holes.
    """
    if sent:
        return _orders(Cursor(wording), path)
    end = wording.part(len(wording.text), len(wording.text))
    starts, ends = [*wording.starts, *[end.start] * len(_ADDED)], [*wording.ends, *[end.end] * len(_ADDED)]
    return _orders(Cursor(replace(wording, text=wording.text + _ADDED, starts=starts, ends=ends)), path)


def _orders(cursor: Cursor, path: tuple[Name, ...]) -> tuple[Order, ...]:
    found = [_order(cursor, path)]
    while cursor.take(","):
        found.append(_order(cursor, path))
    return tuple(found)


def _order(cursor: Cursor, path: tuple[Name, ...]) -> Order:
    cursor.blanks()
    name = _name(cursor)
    related = cursor.take("(")
    column = _name(cursor) if related else name
    json = cursor.json_path()
    if related and not cursor.take(")"):
        raise cursor.refused("the parenthesis is not closed" if cursor.ended() else "")
    cursor.blanks()
    if cursor.match(_DIRECTION) is None:
        raise cursor.refused("only a direction can follow the column, and the client adds its own")
    cursor.blanks()
    _whole((name, column))
    return Order(column, (*path, name) if related else path, json, related)


def read_change_filter(wording: Wording) -> Filter | None:
    """The condition of Realtime's `column=eq.value`; None when its column cannot be known."""
    found = _CHANGE.match(wording.text)
    if found is None:
        return None
    start, end = found.span(3)
    known = found[3] and HOLE not in found[3] and found[2] != "in"
    value = (Constant(found[3], "string", wording.part(start, end)),) if known else ()
    return Filter(wording.name(found[1], *found.span(1)), found[2], values=value)


@dataclass(slots=True)
class Logic:
    """The filters of an `.or(…)`; ``partial`` is True when some of them are not known."""

    filters: list[Filter]
    partial: bool = False


def read_logic(wording: Wording, path: tuple[Name, ...] = ()) -> Logic:
    """The conditions of an `.or(…)`, without its parentheses. Raises `Refused` for what PostgREST cannot parse."""
    found = Logic([])
    _branches(Cursor(wording), path, found, 0)
    return found


def _branches(cursor: Cursor, path: tuple[Name, ...], found: Logic, depth: int) -> None:
    if depth > _DEEPEST:
        raise Untold("too deeply nested")
    _branch(cursor, path, found, depth)
    while cursor.take(","):
        _branch(cursor, path, found, depth)


def _branch(cursor: Cursor, path: tuple[Name, ...], found: Logic, depth: int) -> None:
    cursor.blanks()
    if cursor.match(_LOGIC) is not None:
        cursor.blanks()
        cursor.take("(")
        _branches(cursor, path, found, depth + 1)
        if not cursor.take(")"):
            raise cursor.refused("the parenthesis is not closed" if cursor.ended() else "")
    else:
        _leaf(cursor, path, found)
    cursor.blanks()


def _leaf(cursor: Cursor, path: tuple[Name, ...], found: Logic) -> None:
    column = cursor.name()
    if column is None:
        raise cursor.refused("a condition is missing" if cursor.ended() or cursor.sees(",") or cursor.sees(")") else "")
    json = cursor.json_path()
    cursor.blanks()
    unknown = HOLE in column.text
    if unknown and (cursor.ended() or cursor.sees(",") or cursor.sees(")")):
        found.partial = True
        return
    if not cursor.take("."):
        raise cursor.refused("an operator is missing after the column" if not unknown else "")
    operator, negated, values = read_condition(cursor)
    if unknown:
        found.partial = True
    else:
        found.filters.append(Filter(column, operator, path, values, json, negated, alternative=True))


def read_condition(cursor: Cursor, *, alone: bool = False) -> tuple[str, bool, tuple[Constant, ...]]:
    """The operator of `not.eq.1`, whether it is negated, and its values. Raises `Refused` for what PostgREST cannot parse.

    ``alone`` for a filter of its own, whose value goes on to the end.
    """
    found = cursor.match(_OPERATOR)
    if found is None:
        if HOLE in cursor.wording.text[cursor.at :]:
            cursor.match(_TEXT)
            return UNKNOWN, False, ()
        raise cursor.refused("an operator such as `eq.` is missing")
    operator = found[2]
    if operator not in OPERATORS or not _quantifiable(operator, found[3]):
        cursor.at = found.start(2)
        raise cursor.refused(f"`{operator}` is no operator")
    return operator, found[1] is not None, _compared(cursor, operator, alone)


def _quantifiable(operator: str, inside: str | None) -> bool:
    if inside is None or operator.endswith("fts"):
        return inside != ""
    return operator in _QUANTIFIED and inside in ("any", "all")


def _compared(cursor: Cursor, operator: str, alone: bool) -> tuple[Constant, ...]:
    if operator == "in":
        return _members(cursor)
    if operator == "is":
        found = cursor.match(_IS)
        if found is None:
            if cursor.sees(HOLE):
                cursor.match(_TEXT)
                return ()
            raise cursor.refused("`is` takes null, not_null, true, false or unknown")
        return _constants(cursor, [(found[0].lower(), *found.span())], literal=True)
    return _constants(cursor, [_rest(cursor) if alone else _value(cursor)])


def _members(cursor: Cursor) -> tuple[Constant, ...]:
    """The values of `in.(a,"b")`."""
    cursor.blanks()
    if not cursor.take("("):
        if cursor.sees(HOLE):
            cursor.match(_TEXT)
            return ()
        raise cursor.refused("`in` takes its values in parentheses")
    cursor.blanks()
    found = [_value(cursor, array=False)]
    while cursor.take(","):
        found.append(_value(cursor, array=False))
    if not cursor.take(")"):
        raise cursor.refused("the parenthesis is not closed")
    cursor.blanks()
    return _constants(cursor, found)


def _value(cursor: Cursor, *, array: bool = True) -> tuple[str, int, int]:
    if (quoted := cursor.match(_QUOTED)) is not None:
        return _SLASHED.sub(r"\1", quoted[1]), *quoted.span(1)
    if array and (listed := cursor.match(_ARRAY)) is not None:
        return listed[0], *listed.span()
    found = cursor.match(_TEXT)
    assert found is not None
    return found[0], *found.span()


def _rest(cursor: Cursor) -> tuple[str, int, int]:
    start, cursor.at = cursor.at, len(cursor.wording.text)
    return cursor.wording.text[start:], start, cursor.at


def _constants(cursor: Cursor, found: list[tuple[str, int, int]], *, literal: bool = False) -> tuple[Constant, ...]:
    """The values, none when one of them is not all known."""
    if any(HOLE in text for text, _, _ in found):
        return ()
    return tuple(
        Constant(text, "null" if literal and text.endswith("null") else "string", _span(cursor, start, end))
        for text, start, end in found
    )


def _span(cursor: Cursor, start: int, end: int) -> Span:
    return cursor.wording.part(start, end)


def _dotted(cursor: Cursor) -> tuple[Name, ...]:
    names = [_name(cursor)]
    while cursor.take("."):
        names.append(_name(cursor))
    return _whole(tuple(names))


def _name(cursor: Cursor) -> Name:
    name = cursor.name()
    if name is None:
        raise cursor.refused("a column's name is missing" if cursor.ended() else "")
    return name


def _whole(names: tuple[Name, ...]) -> tuple[Name, ...]:
    if any(HOLE in each.text for each in names):
        raise Untold("text with a part that is not known")
    return names
