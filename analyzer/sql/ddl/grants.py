"""GRANT, REVOKE and ALTER DEFAULT PRIVILEGES."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from analyzer.model.events import DropTarget, Event, Grant, Need, Ref
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL
from analyzer.sql.roles import read_role, read_roles
from analyzer.sql.routine import read_routine_name, read_signature

GrantKind = Literal["table", "function", "sequence", "schema", "type", "other"]
_KINDS: dict[str, GrantKind] = {
    "table": "table",
    "sequence": "sequence",
    "function": "function",
    "procedure": "function",
    "routine": "function",
    "schema": "schema",
    "type": "type",
    "domain": "type",
}
_MANY: dict[str, GrantKind] = {
    "tables": "table",
    "sequences": "sequence",
    "functions": "function",
    "procedures": "function",
    "routines": "function",
    "schemas": "schema",
    "types": "type",
    "large": "other",
}
_ALL_IN_SCHEMA = frozenset(("tables", "sequences", "functions", "procedures", "routines"))
_UNKEPT = frozenset(("database", "foreign", "language", "large", "parameter", "tablespace"))


def _reader(revoke: bool) -> Callable[[Cursor], Event]:
    def read(cursor: Cursor) -> Event:
        option = cursor.take("grant", "option", "for")
        privileges, columns = _privileges(cursor)
        if not cursor.take("on"):
            return _role_grant(cursor, revoke, privileges)
        kind, objects, everything = _objects(cursor)
        cursor.must("from" if revoke else "to")
        roles = read_roles(cursor)
        _skip_end(cursor)
        return Grant(revoke, kind, privileges, roles, objects, everything, columns=columns, option=option)

    return read


Privileges = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def _privileges(cursor: Cursor) -> Privileges:
    """The privileges, and the columns that each is limited to; no such lists when none is."""
    if cursor.take("all"):
        cursor.take("privileges")
        listed: tuple[tuple[str, tuple[str, ...]], ...] = (("all", _columns(cursor)),)
    else:
        listed = cursor.listed(lambda: _privilege(cursor))
    columns = tuple(each for _, each in listed)
    return tuple(name for name, _ in listed), columns if any(columns) else ()


def _privilege(cursor: Cursor) -> tuple[str, tuple[str, ...]]:
    name = cursor.name(NOT_A_LABEL)
    if name == "alter" and cursor.take("system"):
        name = "alter system"
    return name, _columns(cursor)


def _columns(cursor: Cursor) -> tuple[str, ...]:
    return cursor.names_in_parens() if cursor.key == "(" else ()


def _role_grant(cursor: Cursor, revoke: bool, granted: tuple[str, ...]) -> Event:
    """GRANT role TO role; ADMIN OPTION FOR and WITH … say nothing that we keep."""
    roles = (*granted, *read_roles(cursor)) if cursor.take_any("to", "from") else ()
    cursor.skip_rest()
    return Need("revoke role" if revoke else "grant role", roles=roles)


def _objects(cursor: Cursor) -> tuple[GrantKind, tuple[DropTarget, ...], tuple[str, ...]]:
    if cursor.key == "all" and cursor.ahead().key in _MANY:
        cursor.step()
        if cursor.key not in _ALL_IN_SCHEMA:
            cursor.refuse()
        kind = _MANY[cursor.step().key]
        cursor.must("in", "schema")
        return kind, (), cursor.listed(cursor.name)
    word = cursor.key
    following = cursor.ahead()
    named = following.kind in ("word", "quoted") and following.key not in ("to", "from")
    if word in _UNKEPT and (named or following.kind == "number"):
        cursor.until("to", "from")
        return "other", (), ()
    if word in _KINDS and named:
        cursor.step()
        return _KINDS[word], cursor.listed(lambda: _object(cursor, _KINDS[word])), ()
    return "table", cursor.listed(lambda: _object(cursor, "table")), ()


def _object(cursor: Cursor, kind: GrantKind) -> DropTarget:
    if kind == "function":
        return DropTarget(read_routine_name(cursor), args=read_signature(cursor))
    if kind == "schema":
        token = cursor.token
        return DropTarget(Ref(None, cursor.name(), cursor.span_of(token)))
    return DropTarget(cursor.ref())


def _skip_end(cursor: Cursor) -> None:
    cursor.clause("with", "grant", "option")
    if cursor.clause("granted", "by"):
        read_role(cursor)
    cursor.cascade()


def _default(cursor: Cursor) -> Event:
    schemas: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    while not cursor.sees("grant") and not cursor.sees("revoke"):
        if cursor.clause("in", "schema"):
            schemas = cursor.listed(cursor.name)
        else:
            cursor.must("for")
            cursor.must_any("role", "user")
            makers = read_roles(cursor)
    revoke = cursor.step().key == "revoke"
    option = cursor.take("grant", "option", "for")
    privileges, _ = _privileges(cursor)
    cursor.must("on")
    kind = _MANY[cursor.must_any(*_MANY)]
    if kind == "other":
        cursor.must("objects")
    cursor.must("from" if revoke else "to")
    roles = read_roles(cursor)
    _skip_end(cursor)
    return Grant(revoke, kind, privileges, roles, everything_in=schemas, default=True, makers=makers, option=option)


READERS = {
    "grant": _reader(revoke=False),
    "revoke": _reader(revoke=True),
    "alter default privileges": _default,
}
