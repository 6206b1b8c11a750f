"""CREATE TYPE, CREATE DOMAIN, ALTER TYPE and ALTER DOMAIN."""

from __future__ import annotations

from analyzer.model.events import (
    AddColumn,
    AddEnumValue,
    AlterColumn,
    AlterDomain,
    AlterType,
    ColumnDef,
    CreateType,
    DropColumn,
    DropTarget,
    Event,
    Need,
    ObjectKind,
    Ref,
    Rename,
    SetSchema,
    TypeRef,
)
from analyzer.sql.cursor import Cursor
from analyzer.sql.definition import at_constraint, read_constraint, read_qualifiers
from analyzer.sql.roles import read_role
from analyzer.sql.types import read_type


def _create_type(cursor: Cursor) -> Event:
    name = cursor.ref()
    if cursor.done:
        return CreateType(name, "shell")
    if cursor.key == "(":
        cursor.skip_parens()
        return CreateType(name, "base")
    cursor.must("as")
    if cursor.take("enum"):
        return CreateType(name, "enum", labels=_labels(cursor))
    if cursor.take("range"):
        cursor.skip_parens()
        return CreateType(name, "range")
    return CreateType(name, "composite", attributes=_attributes(cursor))


def _labels(cursor: Cursor) -> tuple[str, ...]:
    if cursor.take("(", ")"):
        return ()
    return cursor.in_parens(cursor.string)


def _attributes(cursor: Cursor) -> tuple[ColumnDef, ...]:
    if cursor.take("(", ")"):
        return ()
    return cursor.in_parens(lambda: _attribute(cursor))


def _attribute(cursor: Cursor) -> ColumnDef:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    kind = read_type(cursor)
    if cursor.take("collate"):
        cursor.ref()
    return ColumnDef(name, kind, span)


def _create_domain(cursor: Cursor) -> Event:
    name = cursor.ref()
    cursor.take("as")
    base = read_type(cursor)
    checks = read_qualifiers(cursor, name.name).constraints
    return CreateType(name, "domain", base=base, checks=tuple(each for each in checks if each.kind == "check"))


# --- ALTER ------------------------------------------------------------------------------------------------------------


def _alter_type(cursor: Cursor) -> Event:
    name = cursor.ref()
    if cursor.sees("add") and cursor.ahead().key != "attribute":
        cursor.must("add", "value")
        return _add_value(cursor, name)
    if cursor.take("rename"):
        return _rename(cursor, name)
    if cursor.take("set", "schema"):
        return SetSchema("type", name, cursor.name())
    if cursor.key in ("add", "drop", "alter") and cursor.ahead().key == "attribute":
        return AlterType(name, cursor.listed(lambda: _alter_attribute(cursor)))
    if cursor.clause("owner", "to"):
        return Need("alter type", types=(_as_type(name),), roles=(read_role(cursor),))
    cursor.must("set")
    cursor.skip_rest()
    return Need("alter type", types=(_as_type(name),))


def _alter_attribute(cursor: Cursor) -> AddColumn | DropColumn | AlterColumn:
    word = cursor.must_any("add", "drop", "alter")
    cursor.must("attribute")
    action: AddColumn | DropColumn | AlterColumn
    if word == "add":
        action = AddColumn(_attribute(cursor))
    else:
        if_exists = word == "drop" and cursor.if_exists()
        span = cursor.span_of(cursor.token)
        name = cursor.name()
        if word == "drop":
            action = DropColumn(name, span, if_exists)
        else:
            cursor.take("set", "data")
            cursor.must("type")
            action = AlterColumn(name, span, type=read_type(cursor))
            if cursor.take("collate"):
                cursor.ref()
    cursor.cascade()
    return action


def _add_value(cursor: Cursor, name: Ref) -> Event:
    if_not_exists = cursor.if_not_exists()
    label = cursor.string()
    place = cursor.take_any("before", "after")
    beside = cursor.string() if place else None
    return AddEnumValue(name, label, if_not_exists, place == "before", beside)


def _rename(cursor: Cursor, name: Ref) -> Event:
    if cursor.take("to"):
        return Rename("type", name, cursor.name())
    if cursor.take("value"):
        old = cursor.string()
        cursor.must("to")
        return Rename("enum value", name, cursor.string(), old)
    cursor.must("attribute")
    old = cursor.name()
    cursor.must("to")
    event = Rename("attribute", name, cursor.name(), old)
    cursor.cascade()
    return event


def _alter_domain(cursor: Cursor) -> Event:
    name = cursor.ref()
    if cursor.take("rename"):
        if cursor.take("to"):
            return Rename("domain", name, cursor.name())
        cursor.must("constraint")
        old = cursor.name()
        cursor.must("to")
        return AlterDomain(name, "rename", old, new_name=cursor.name())
    if cursor.take("set", "schema"):
        return SetSchema("domain", name, cursor.name())
    if cursor.clause("owner", "to"):
        return Need("alter domain", types=(_as_type(name),), roles=(read_role(cursor),))
    if cursor.take("validate", "constraint"):
        return AlterDomain(name, "validate", cursor.name())
    if cursor.take("drop", "constraint"):
        if_exists = cursor.if_exists()
        event = AlterDomain(name, "drop", cursor.name(), if_exists=if_exists)
        cursor.cascade()
        return event
    if cursor.key == "add" and at_constraint(cursor, 1):
        cursor.step()
        return AlterDomain(name, "add", adds=read_constraint(cursor))
    cursor.must_any("set", "drop", "add")
    cursor.skip_rest()
    there: tuple[tuple[ObjectKind, DropTarget], ...] = (("domain", DropTarget(name)),)
    return Need("alter domain", objects=there)


def _as_type(name: Ref) -> TypeRef:
    return TypeRef(name.name, name.span, name.schema)


READERS = {
    "create type": _create_type,
    "create domain": _create_domain,
    "alter type": _alter_type,
    "alter domain": _alter_domain,
}
