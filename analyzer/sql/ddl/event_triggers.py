"""CREATE EVENT TRIGGER."""

from __future__ import annotations

from analyzer.model.events import CreateEventTrigger, Event
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_FUNCTION


def _create(cursor: Cursor) -> Event:
    name = cursor.name()
    cursor.must("on")
    event = cursor.name(frozenset())
    tags: list[str] = []
    if cursor.take("when"):
        tags += _tags(cursor)
        while cursor.take("and"):
            tags += _tags(cursor)
    cursor.must("execute")
    cursor.must_any("function", "procedure")
    function = cursor.ref(NOT_A_FUNCTION)
    cursor.must("(", ")")
    return CreateEventTrigger(name, event, tuple(tags), function)


def _tags(cursor: Cursor) -> tuple[str, ...]:
    """``TAG IN ('CREATE TABLE', …)``, the only condition that there is."""
    cursor.name()
    cursor.must("in", "(")
    tags = cursor.listed(cursor.string)
    cursor.must(")")
    return tuple(each.lower() for each in tags)


READERS = {"create event trigger": _create}
