"""CREATE, ALTER and DROP of roles, users and groups, which are one."""

from __future__ import annotations

from analyzer.model.events import ChangeRoles, Event, ExposeSchemas, Need
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_LABEL
from analyzer.sql.roles import read_role, read_roles
from analyzer.sql.setting import read_assignment, split_path

_SERVED = "pgrst.db_schemas"


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
    if name == "authenticator" and (exposes := _exposes(cursor)) is not None:
        return exposes
    cursor.skip_rest()
    return Need("alter role", roles=(name,))


def _exposes(cursor: Cursor) -> Event | None:
    """What PostgREST reads of the role that it connects as, in preference to its configuration."""
    if cursor.take("in", "database"):
        cursor.name()
    if cursor.take("set"):
        setting, values = read_assignment(cursor)
        listed = tuple(split_path(",".join(values))) if values is not None else None
        return ExposeSchemas(listed) if setting == _SERVED else None
    if cursor.take("reset"):
        return ExposeSchemas(None) if _dotted(cursor) in (_SERVED, "all") else None
    return None


def _dotted(cursor: Cursor) -> str:
    name = cursor.name(NOT_A_LABEL)
    while cursor.take("."):
        name += "." + cursor.name(NOT_A_LABEL)
    return name


READERS = {
    **{f"create {kind}": _create for kind in ("role", "user", "group")},
    **{f"drop {kind}": _drop for kind in ("role", "user", "group")},
    **{f"alter {kind}": _alter for kind in ("role", "user", "group")},
}
