"""ALTER INDEX, ALTER RULE and ALTER EVENT TRIGGER."""

from __future__ import annotations

from analyzer.model.events import AttachIndex, Event, Need, Ref, Rename
from analyzer.sql.cursor import Cursor


def _index(cursor: Cursor) -> Event:
    if cursor.take("all", "in", "tablespace"):
        cursor.skip_rest()
        return Need("alter index")
    if_exists = cursor.if_exists()
    name = cursor.ref()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("index", name, cursor.name(), if_exists=if_exists)
    if cursor.take("attach", "partition"):
        return AttachIndex(name, cursor.ref())
    cursor.skip_rest()
    return Need("alter index")


def _rule(cursor: Cursor) -> Event:
    name = cursor.name()
    cursor.must("on")
    table = cursor.ref()
    cursor.must("rename", "to")
    return Rename("rule", table, cursor.name(), name)


def _event_trigger(cursor: Cursor) -> Event:
    token = cursor.token
    name = cursor.name()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("event trigger", Ref(None, name, cursor.span_of(token)), cursor.name())
    cursor.skip_rest()
    return Need("alter event trigger")


READERS = {"alter index": _index, "alter rule": _rule, "alter event trigger": _event_trigger}
