"""Role names, as GRANT and CREATE POLICY list them."""

from __future__ import annotations

from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import RESERVED

_SPECIAL = frozenset(("current_role", "current_user", "session_user"))


def read_roles(cursor: Cursor) -> tuple[str, ...]:
    """One or more roles, ``public`` among them."""
    return cursor.listed(lambda: read_role(cursor))


def read_role(cursor: Cursor) -> str:
    """A role; GROUP before it says nothing."""
    cursor.take("group")
    return cursor.name(RESERVED - _SPECIAL)
