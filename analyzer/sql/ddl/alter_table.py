"""ALTER TABLE and what is altered like a table: foreign tables, views and materialized views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from analyzer.model.events import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    AttachPartition,
    DropColumn,
    DropConstraint,
    Event,
    Inherit,
    Need,
    NeedConstraint,
    NeedPart,
    ObjectKind,
    OfType,
    OtherAction,
    OwnerTo,
    Ref,
    Rename,
    SetOptions,
    SetRls,
    SetSchema,
    TableAction,
)
from analyzer.model.span import Span
from analyzer.sql.cursor import Cursor
from analyzer.sql.definition import (
    at_constraint,
    read_column,
    read_constraint,
    read_own_sequence,
    read_when,
    skip_attributes,
)
from analyzer.sql.options import read_options
from analyzer.sql.roles import read_role
from analyzer.sql.types import read_type


def _reader(kind: ObjectKind) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        if cursor.take("all", "in", "tablespace"):
            cursor.skip_rest()
            return Need(f"alter {kind}")
        if_exists = cursor.if_exists()
        only = cursor.take("only")
        if parenthesised := kind == "table" and cursor.take("("):
            pass
        table = cursor.ref()
        if parenthesised:
            cursor.must(")")
        cursor.take("*")
        if cursor.take("rename"):
            return _rename(cursor, kind, table, if_exists)
        if cursor.take("set", "schema"):
            return SetSchema(kind, table, cursor.name(), if_exists)
        actions = cursor.listed(lambda: _action(cursor))
        if only:
            actions = tuple(
                replace(each, only=True) if isinstance(each, AddConstraint | AlterColumn) else each for each in actions
            )
        return AlterTable(table, actions, if_exists, kind, only)

    return read


def _rename(cursor: Cursor, kind: ObjectKind, table: Ref, if_exists: bool) -> Event:
    if cursor.take("to"):
        return Rename(kind, table, cursor.name(), if_exists=if_exists)
    part_kind: ObjectKind = "column"
    if cursor.take("constraint"):
        part_kind = "constraint"
    else:
        cursor.take("column")
    part = cursor.name()
    cursor.must("to")
    return Rename(part_kind, table, cursor.name(), part, if_exists)


# --- actions ----------------------------------------------------------------------------------------------------------


def _action(cursor: Cursor) -> TableAction:
    read = _ACTIONS.get(cursor.key)
    if read is None:
        cursor.refuse()
    cursor.step()
    return read(cursor)


def _add(cursor: Cursor) -> TableAction:
    if at_constraint(cursor):
        return AddConstraint(read_constraint(cursor))
    cursor.take("column")
    if_not_exists = cursor.if_not_exists()
    return AddColumn(read_column(cursor), if_not_exists)


def _drop(cursor: Cursor) -> TableAction:
    constraint = cursor.take("constraint")
    if not constraint:
        cursor.take("column")
    if_exists = cursor.if_exists()
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    make = DropConstraint if constraint else DropColumn
    return make(name, span, if_exists, cursor.cascade())


def _alter(cursor: Cursor) -> TableAction:
    if cursor.take("constraint"):
        action = _named_constraint(cursor)
        skip_attributes(cursor)
        return action
    cursor.take("column")
    span = cursor.span_of(cursor.token)
    if cursor.token.kind == "number":
        cursor.step()
        cursor.must("set", "statistics")
        cursor.skip_rest()
        return OtherAction("set statistics")
    return _alter_column(cursor, cursor.name(), span)


def _named_constraint(cursor: Cursor) -> NeedConstraint:
    span = cursor.span_of(cursor.token)
    return NeedConstraint(cursor.name(), span)


def _alter_column(cursor: Cursor, name: str, span: Span) -> AlterColumn:
    word = cursor.take_any("set", "drop", "type", "add", "reset", "restart", "options")
    if word == "type" or (word == "set" and cursor.take("data", "type")):
        return _retype(cursor, name, span)
    if word == "drop":
        return _drop_from_column(cursor, name, span)
    if word == "add":
        cursor.must("generated")
        when = read_when(cursor)
        cursor.must("as", "identity")
        return AlterColumn(name, span, identity=when, adds=True, sequence=read_own_sequence(cursor))
    if word == "set":
        return _set_on_column(cursor, name, span)
    if word == "restart":
        _skip_restart(cursor)
        return AlterColumn(name, span, identity=_identity_options(cursor))
    if word in ("reset", "options"):
        cursor.skip_parens()
        return AlterColumn(name, span)
    cursor.refuse()


def _retype(cursor: Cursor, name: str, span: Span) -> AlterColumn:
    kind = read_type(cursor)
    if cursor.take("collate"):
        cursor.ref()
    using = cursor.text_until(",") if cursor.take("using") else None
    return AlterColumn(name, span, type=kind, using=using)


def _drop_from_column(cursor: Cursor, name: str, span: Span) -> AlterColumn:
    if cursor.take("not"):
        cursor.must("null")
        return AlterColumn(name, span, not_null=False)
    if cursor.take("default"):
        return AlterColumn(name, span, drop="default")
    if cursor.take("identity"):
        return AlterColumn(name, span, drop="identity", if_exists=cursor.if_exists())
    cursor.must("expression")
    return AlterColumn(name, span, drop="expression", if_exists=cursor.if_exists())


def _set_on_column(cursor: Cursor, name: str, span: Span) -> AlterColumn:
    if cursor.take("default"):
        return AlterColumn(name, span, default=cursor.text_until(","))
    if cursor.take("not"):
        cursor.must("null")
        return AlterColumn(name, span, not_null=True)
    if cursor.key == "(":
        cursor.skip_parens()
        return AlterColumn(name, span)
    if cursor.take("expression"):
        cursor.must("as")
        cursor.skip_parens()
        return AlterColumn(name, span)
    if cursor.take_any("statistics", "storage", "compression"):
        cursor.until(",")
        return AlterColumn(name, span)
    cursor.at -= 1
    return AlterColumn(name, span, identity=_identity_options(cursor))


def _identity_options(cursor: Cursor) -> Literal["always", "by default"] | None:
    """SET GENERATED …, SET <sequence option> and RESTART, as many as there are."""
    identity: Literal["always", "by default"] | None = None
    while word := cursor.take_any("set", "restart"):
        if word == "restart":
            _skip_restart(cursor)
        elif cursor.take("generated"):
            identity = read_when(cursor)
        else:
            first = cursor.at
            cursor.until("set", "restart", ",")
            if cursor.tokens[first].key not in _SEQUENCE_OPTIONS:
                cursor.at = first
                cursor.refuse()
    return identity


_SEQUENCE_OPTIONS = frozenset(("increment", "minvalue", "maxvalue", "start", "cache", "cycle", "no", "sequence", "as"))


def _skip_restart(cursor: Cursor) -> None:
    cursor.take("with")
    cursor.take("-")
    if cursor.token.kind == "number":
        cursor.step()


def _validate(cursor: Cursor) -> TableAction:
    cursor.must("constraint")
    return _named_constraint(cursor)


def _switch(enabled: bool) -> Callable[[Cursor], TableAction]:
    word = "enable" if enabled else "disable"

    def read(cursor: Cursor) -> TableAction:
        if cursor.take("row"):
            cursor.must("level", "security")
            return SetRls(enabled)
        if enabled:
            cursor.take_any("always", "replica")
        what: Literal["trigger", "rule"] = "trigger" if cursor.must_any("trigger", "rule") == "trigger" else "rule"
        if what == "trigger" and cursor.take_any("all", "user"):
            return OtherAction(f"{word} trigger")
        return _part(cursor, what)

    return read


def _part(cursor: Cursor, kind: Literal["trigger", "rule", "index"]) -> NeedPart:
    span = cursor.span_of(cursor.token)
    return NeedPart(kind, cursor.name(), span)


def _cluster(cursor: Cursor) -> TableAction:
    cursor.must("on")
    return _part(cursor, "index")


def _replica(cursor: Cursor) -> TableAction:
    cursor.must("identity")
    if cursor.take("using", "index"):
        return _part(cursor, "index")
    cursor.must_any("nothing", "full", "default")
    return OtherAction("replica identity")


def _force(cursor: Cursor) -> TableAction:
    cursor.must("row", "level", "security")
    return OtherAction("force row level security")


def _no(cursor: Cursor) -> TableAction:
    if cursor.take("force"):
        cursor.must("row", "level", "security")
        return OtherAction("no force row level security")
    cursor.must("inherit")
    return Inherit(cursor.ref(), on=False)


def _attach(cursor: Cursor) -> TableAction:
    cursor.must("partition")
    partition = cursor.ref()
    if not cursor.done:
        cursor.until(",")
    return AttachPartition(partition)


def _detach(cursor: Cursor) -> TableAction:
    cursor.must("partition")
    partition = cursor.ref()
    cursor.take_any("concurrently", "finalize")
    return AttachPartition(partition, attach=False)


def _set(cursor: Cursor) -> TableAction:
    if cursor.key == "(":
        return SetOptions(read_options(cursor))
    if cursor.take_any("tablespace", "access"):
        cursor.take("method")
        cursor.take("default") or cursor.name()
    elif cursor.take("without"):
        cursor.must_any("oids", "cluster")
    else:
        cursor.must_any("logged", "unlogged")
    return OtherAction("set")


def _reset(cursor: Cursor) -> TableAction:
    return SetOptions(tuple((name, None) for name, _ in read_options(cursor)))


def _other(*follow: str) -> Callable[[Cursor], TableAction]:
    """An action whose first word is passed; the next ones must be ``follow``, the rest may be anything."""

    def read(cursor: Cursor) -> TableAction:
        kind = " ".join((cursor.tokens[cursor.at - 1].key, *follow))
        cursor.must(*follow)
        cursor.until(",")
        return OtherAction(kind)

    return read


def _owner(cursor: Cursor) -> TableAction:
    cursor.must("to")
    return OwnerTo(read_role(cursor))


def _not(cursor: Cursor) -> TableAction:
    cursor.must("of")
    return OfType()


_ACTIONS: dict[str, Callable[[Cursor], TableAction]] = {
    "add": _add,
    "drop": _drop,
    "alter": _alter,
    "validate": _validate,
    "enable": _switch(True),
    "disable": _switch(False),
    "force": _force,
    "no": _no,
    "attach": _attach,
    "detach": _detach,
    "set": _set,
    "reset": _reset,
    "owner": _owner,
    "cluster": _cluster,
    "inherit": lambda cursor: Inherit(cursor.ref()),
    "of": lambda cursor: OfType(cursor.ref()),
    "not": _not,
    "replica": _replica,
    "options": _other(),
    "depends": _other("on", "extension"),
}

READERS = {
    "alter table": _reader("table"),
    "alter foreign table": _reader("foreign table"),
    "alter view": _reader("view"),
    "alter materialized view": _reader("materialized view"),
}
