"""CREATE, ALTER and DROP of roles, users and groups, which are one."""

from __future__ import annotations

from analyzer.model.events import ChangeRoles, Event, Need
from analyzer.sql.cursor import Cursor
from analyzer.sql.roles import read_role, read_roles


def _create(cursor: Cursor) -> Event:
    span = cursor.span_of(cursor.token)
    name = read_role(cursor)
    cursor.skip_rest()
    return ChangeRoles("create", (name,), span)


def _drop(cursor: Cursor) -> Event:
    if_exists = cursor.if_exists()
    span = cursor.span_of(cursor.token)
    return ChangeRoles("drop", read_roles(cursor), span, if_exists)


def _alter(cursor: Cursor) -> Event:
    if cursor.take("all"):
        cursor.skip_rest()
        return Need("alter role")
    span = cursor.span_of(cursor.token)
    name = read_role(cursor)
    if cursor.take("rename"):
        cursor.must("to")
        return ChangeRoles("rename", (name,), span, new_name=read_role(cursor))
    cursor.skip_rest()
    return Need("alter role", roles=(name,))


READERS = {
    **{f"create {kind}": _create for kind in ("role", "user", "group")},
    **{f"drop {kind}": _drop for kind in ("role", "user", "group")},
    **{f"alter {kind}": _alter for kind in ("role", "user", "group")},
}
