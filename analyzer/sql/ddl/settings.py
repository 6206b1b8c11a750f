"""SET, RESET and what SELECT set_config(…) sets."""

from __future__ import annotations

from analyzer.model.events import CheckBodies, Event, Need, SetSearchPath
from analyzer.sql.calls import own_calls, runs_in
from analyzer.sql.cursor import Cursor
from analyzer.sql.rows import read_rows
from analyzer.sql.setting import read_assignment, split_path

_ASSIGNS = ("to", "=", ".", "from")


def _set(cursor: Cursor) -> Event:
    named = cursor.ahead().key in _ASSIGNS
    local = not named and cursor.take("local")
    if not (named or local) and cursor.ahead().key not in ("authorization", "characteristics"):
        cursor.take("session")
    if cursor.key in ("transaction", "session", "constraints", "role", "names", "xml", "catalog"):
        cursor.skip_rest()
        return Need("set")
    if cursor.key == "schema" and cursor.ahead().key not in _ASSIGNS:
        cursor.step()
        return SetSearchPath((cursor.string(),), local)
    name, values = read_assignment(cursor)
    if name == "check_function_bodies":
        return CheckBodies(values is None or values[0].lower() in ("on", "true", "1", "yes"))
    if name == "search_path":
        return SetSearchPath(values, local)
    return Need("set replica" if name == "session_replication_role" else "set")


def _reset(cursor: Cursor) -> Event:
    whole = cursor.key in ("search_path", "all")
    cursor.skip_rest()
    return SetSearchPath(None) if whole else Need("reset")


def _discard(cursor: Cursor) -> Event:
    whole = cursor.must_any("all", "temp", "temporary", "plans", "sequences") == "all"
    return SetSearchPath(None) if whole else Need("discard")


def _select(cursor: Cursor) -> Event:
    path = _configured_path(cursor)
    whole = cursor.tokens[:-1]
    cursor.skip_rest()
    runs = runs_in(cursor.script, whole)
    return path or Need("select", reads=read_rows(cursor, whole), calls=own_calls(cursor.script, whole), runs=runs)


def _call(cursor: Cursor) -> Event:
    whole = cursor.tokens[:-1]
    cursor.skip_rest()
    return Need("call", runs=runs_in(cursor.script, whole))


def _configured_path(cursor: Cursor) -> SetSearchPath | None:
    """What ``[pg_catalog.]set_config('search_path', '…', …)`` sets."""
    at = 2 if cursor.token.value == "pg_catalog" and cursor.ahead().key == "." else 0
    function, opening, name, _, value, _, local = (cursor.ahead(at + step) for step in range(7))
    if function.value != "set_config" or opening.key != "(" or name.value != "search_path":
        return None
    if name.kind != "string" or value.kind != "string":
        return None
    return SetSearchPath(split_path(value.value), local.key == "true")


READERS = {"set": _set, "reset": _reset, "discard": _discard, "select": _select, "call": _call}
