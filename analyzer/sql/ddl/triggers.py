"""CREATE TRIGGER and ALTER TRIGGER."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from analyzer.model.events import CreateTrigger, Event, Need, Rename
from analyzer.sql.cursor import Cursor
from analyzer.sql.definition import skip_attributes
from analyzer.sql.keywords import NOT_A_FUNCTION, NOT_A_LABEL
from analyzer.sql.lexer import Token

Timing = Literal["before", "after", "instead of"]


def _create(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    timing = _timing(cursor)
    events, columns = _events(cursor)
    cursor.must("on")
    table = cursor.ref()
    if cursor.take("from"):
        cursor.ref()
    skip_attributes(cursor)
    if cursor.take("referencing"):
        _skip_transitions(cursor)
    each_row = False
    if cursor.take("for"):
        cursor.take("each")
        each_row = cursor.must_any("row", "statement") == "row"
    compared = tuple(_compared(cursor.skip_parens())) if cursor.take("when") else ()
    cursor.must("execute")
    cursor.must_any("function", "procedure")
    function = cursor.ref(NOT_A_FUNCTION)
    _skip_arguments(cursor)
    replaces = "replace" in cursor.modifiers
    return CreateTrigger(name, table, function, span, timing, events, columns, replaces, each_row, compared)


def _compared(tokens: Sequence[Token]) -> Iterator[str]:
    """The columns of OLD and NEW."""
    for at, token in enumerate(tokens[:-2]):
        named = tokens[at + 2]
        if token.key in ("old", "new") and tokens[at + 1].key == "." and named.kind in ("word", "quoted"):
            yield named.value


def _timing(cursor: Cursor) -> Timing:
    if cursor.take("before"):
        return "before"
    if cursor.take("after"):
        return "after"
    cursor.must("instead", "of")
    return "instead of"


def _events(cursor: Cursor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    events: list[str] = []
    columns: tuple[str, ...] = ()
    while True:
        event = cursor.must_any("insert", "update", "delete", "truncate")
        events.append(event)
        if event == "update" and cursor.take("of"):
            columns = cursor.listed(cursor.name)
        if not cursor.take("or"):
            return tuple(events), columns


def _skip_transitions(cursor: Cursor) -> None:
    while cursor.take_any("old", "new"):
        cursor.must_any("table", "row")
        cursor.take("as")
        cursor.name()


def _skip_arguments(cursor: Cursor) -> None:
    """Literals and words only: an expression is refused."""
    cursor.must("(")
    while not cursor.take(")"):
        cursor.take(",")
        if cursor.token.kind in ("string", "bits", "number"):
            cursor.step()
        else:
            cursor.name(NOT_A_LABEL)
        if cursor.key not in (",", ")"):
            cursor.refuse()


def _alter(cursor: Cursor) -> Event:
    name = cursor.name()
    cursor.must("on")
    table = cursor.ref()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("trigger", table, cursor.name(), name)
    cursor.skip_rest()
    return Need("alter trigger", (table,))


READERS = {"create trigger": _create, "alter trigger": _alter}
