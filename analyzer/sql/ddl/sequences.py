"""CREATE SEQUENCE and ALTER SEQUENCE."""

from __future__ import annotations

from analyzer.model.events import (
    AlterTable,
    CreateSequence,
    DropTarget,
    Event,
    Need,
    ObjectKind,
    OwnerTo,
    OwnSequence,
    Ref,
    Rename,
    SetSchema,
)
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import words
from analyzer.sql.roles import read_role
from analyzer.sql.types import read_type

_OPTIONS = words("as cache cycle increment maxvalue minvalue no owned start restart sequence logged unlogged")


def _create(cursor: Cursor) -> Event:
    if_not_exists = cursor.if_not_exists()
    name = cursor.ref()
    return CreateSequence(name, if_not_exists, _options(cursor))


def _options(cursor: Cursor) -> tuple[Ref, str] | None:
    """Pass the options; the table and column of OWNED BY."""
    owner: tuple[Ref, str] | None = None
    while not cursor.done:
        if cursor.take("owned", "by"):
            owner = _owner(cursor)
        elif cursor.key in _OPTIONS:
            _skip_option(cursor)
        else:
            cursor.refuse()
    return owner


def _skip_option(cursor: Cursor) -> None:
    if cursor.step().key == "as":
        read_type(cursor)
        return
    cursor.take_any("by", "with", "name", "minvalue", "maxvalue", "cycle")
    cursor.take_any("-", "+")
    if cursor.token.kind == "number":
        cursor.step()
    elif cursor.is_name() and cursor.key not in _OPTIONS:
        cursor.ref()


def _owner(cursor: Cursor) -> tuple[Ref, str] | None:
    if cursor.take("none"):
        return None
    parts = cursor.dotted()
    if len(parts) == 1:
        return None
    span = cursor.script.span(parts[0].start, parts[-2].end)
    return Ref(parts[-3].value if len(parts) > 2 else None, parts[-2].value, span), parts[-1].value


def _alter(cursor: Cursor) -> Event:
    if_exists = cursor.if_exists()
    name = cursor.ref()
    if cursor.take("rename"):
        cursor.must("to")
        return Rename("sequence", name, cursor.name(), if_exists=if_exists)
    if cursor.take("set", "schema"):
        return SetSchema("sequence", name, cursor.name(), if_exists)
    if cursor.take("owner", "to"):
        # What is altered like a table is looked for before its new owner.
        return AlterTable(name, (OwnerTo(read_role(cursor)),), if_exists, "sequence")
    if cursor.take("set"):
        cursor.skip_rest()
    elif (owner := _options(cursor)) is not None or _sees_owned(cursor):
        return OwnSequence(name, owner, if_exists)
    there: tuple[tuple[ObjectKind, DropTarget], ...] = (("sequence", DropTarget(name)),)
    return Need("alter sequence", objects=() if if_exists else there)


def _sees_owned(cursor: Cursor) -> bool:
    return any(token.key == "owned" for token in cursor.tokens)


READERS = {"create sequence": _create, "alter sequence": _alter}
