"""SET, RESET and what SELECT set_config(…) sets."""

from __future__ import annotations

from analyzer.model.events import Event, Need, SetSearchPath
from analyzer.sql.cursor import Cursor
from analyzer.sql.setting import read_assignment, split_path


def _set(cursor: Cursor) -> Event:
    named = cursor.ahead().key in ("to", "=", ".", "from")
    local = not named and cursor.take("local")
    if not (named or local) and cursor.ahead().key not in ("authorization", "characteristics"):
        cursor.take("session")
    if cursor.key in ("transaction", "session", "constraints", "role", "names", "xml", "catalog"):
        cursor.skip_rest()
        return Need("set")
    if cursor.take("schema"):
        return SetSearchPath((cursor.string(),), local)
    name, values = read_assignment(cursor)
    return SetSearchPath(values, local) if name == "search_path" else Need("set")


def _reset(cursor: Cursor) -> Event:
    whole = cursor.key in ("search_path", "all")
    cursor.skip_rest()
    return SetSearchPath(None) if whole else Need("reset")


def _discard(cursor: Cursor) -> Event:
    whole = cursor.must_any("all", "temp", "temporary", "plans", "sequences") == "all"
    return SetSearchPath(None) if whole else Need("discard")


def _select(cursor: Cursor) -> Event:
    if cursor.token.value == "pg_catalog" and cursor.ahead().key == ".":
        cursor.at += 2
    if cursor.token.value == "set_config" and cursor.ahead().key == "(":
        cursor.at += 2
        name, value = cursor.token, cursor.ahead(2)
        if name.kind == value.kind == "string" and name.value == "search_path":
            local = cursor.ahead(4).key == "true"
            cursor.skip_rest()
            return SetSearchPath(split_path(value.value), local)
    cursor.skip_rest()
    return Need("select")


READERS = {"set": _set, "reset": _reset, "discard": _discard, "select": _select}
