"""Rows of ``storage.buckets``: which buckets a migration makes, changes and takes away."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events import ChangeBucket, Event, PutBucket, Ref, Row
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.lexer import Token

_COLUMNS: tuple[str, ...] = ("id", "name", "owner", "created_at", "updated_at", "public")
Value = str | bool | None


def literal(tokens: list[Token]) -> Value:
    """The value of a literal, with or without a cast; None when it is none, ``Null`` for NULL."""
    while len(tokens) > 2 and tokens[0].key == "(" and tokens[-1].key == ")":
        tokens = tokens[1:-1]
    if not tokens or (len(tokens) > 1 and tokens[1].key != "::"):
        return None
    token = tokens[0]
    if token.key in ("true", "false"):
        return token.key == "true"
    if token.key == "null":
        return "Null"
    if token.kind == "string" and [each.value for each in tokens[2:]] in (["boolean"], ["bool"]):
        return token.value.strip().lower() in ("t", "true", "y", "yes", "on", "1")
    return token.value if token.kind in ("string", "number") else None


# --- INSERT -----------------------------------------------------------------------------------------------------------


def read_insert(cursor: Cursor, table: Ref) -> Event:
    """The rows that are put, from VALUES or from a SELECT of literals."""
    if cursor.take("as"):
        cursor.name()
    columns = _COLUMNS
    if cursor.key == "(" and not _at_query(cursor.ahead()):
        columns = cursor.in_parens(lambda: cursor.ref().name)
    if cursor.take("overriding"):
        cursor.must_any("system", "user")
        cursor.must("value")
    rows: tuple[Row, ...] = ()
    asked = False
    if cursor.take("values"):
        rows = cursor.listed(lambda: _row(cursor, columns))
    elif cursor.take("select"):
        rows = (_selected(cursor, columns),)
        # Whoever asks for a condition asks whether it is there.
        asked = cursor.take("where") and bool(cursor.until("on", "returning"))
    else:
        raise NotUnderstoodError("which buckets it inserts is not written out")
    clash = _on_conflict(cursor)
    event = PutBucket(rows, table.span, "nothing" if asked and clash == "error" else clash)
    if cursor.take("returning"):
        cursor.skip_rest()
    return event


def _at_query(token: Token) -> bool:
    return token.key in ("select", "values", "with", "(")


def _row(cursor: Cursor, columns: tuple[str, ...]) -> Row:
    first = cursor.token
    values = cursor.in_parens(lambda: literal(cursor.until(",")))
    return Row(tuple(zip(columns, values, strict=False)), cursor.span_from(first))


def _selected(cursor: Cursor, columns: tuple[str, ...]) -> Row:
    """A SELECT of literals, which makes one row at most."""
    if cursor.key in ("distinct", "all", "") and cursor.token.kind in ("word", "end"):
        raise NotUnderstoodError("which buckets it inserts is not written out")
    first = cursor.token
    values = cursor.listed(lambda: literal(cursor.until(",", "from", "where", "on", "returning", "union", "as")))
    row = Row(tuple(zip(columns, values, strict=False)), cursor.span_from(first))
    if cursor.key not in ("where", "on", "returning", ""):
        raise NotUnderstoodError("which buckets it inserts is not written out")
    return row


def _on_conflict(cursor: Cursor) -> Literal["error", "nothing", "update"]:
    if not cursor.take("on"):
        return "error"
    cursor.must("conflict")
    if cursor.key == "(":
        cursor.skip_parens()
        if cursor.take("where"):
            cursor.until("do")
    elif cursor.take("on", "constraint"):
        cursor.name()
    cursor.must("do")
    if cursor.take("nothing"):
        return "nothing"
    cursor.must("update", "set")
    cursor.until("returning")
    return "update"


# --- UPDATE and DELETE ------------------------------------------------------------------------------------------------


def read_update(cursor: Cursor, table: Ref) -> Event:
    """A change of buckets that are named by literal ids."""
    _skip_alias(cursor)
    cursor.must("set")
    values = dict(cursor.listed(lambda: _assignment(cursor)))
    if values.get("id") is not None or "" in values or cursor.key == "from":
        raise NotUnderstoodError("how it changes the buckets is not written out")
    public = values.get("public")
    if "public" in values and not isinstance(public, bool):
        raise NotUnderstoodError("how it changes the buckets is not written out")
    return ChangeBucket(_ids(cursor), False, table.span, public if isinstance(public, bool) else None)


def _assignment(cursor: Cursor) -> tuple[str, Value]:
    if cursor.key == "(":
        cursor.until(",", "where", "from", "returning")
        return "", None
    name = cursor.name()
    cursor.must("=")
    return name, literal(cursor.until(",", "where", "from", "returning"))


def read_delete(cursor: Cursor, table: Ref) -> Event:
    """The end of buckets that are named by literal ids."""
    _skip_alias(cursor)
    return ChangeBucket(_ids(cursor), True, table.span)


def _skip_alias(cursor: Cursor) -> None:
    if cursor.take("as") or (cursor.is_name() and cursor.key != "set"):
        cursor.name()


def _ids(cursor: Cursor) -> tuple[str, ...]:
    """The ids of ``WHERE id = 'x'`` or ``id IN ('x', …)``, which must be all that the condition says."""
    if cursor.take("where") and cursor.token.value in ("id", "name"):
        cursor.step()
        values: tuple[Value, ...] = ()
        if cursor.take("="):
            values = (literal(cursor.until("returning", "and", "or")),)
        elif cursor.take("in"):
            values = cursor.in_parens(lambda: literal(cursor.until(",")))
        if cursor.take("returning"):
            cursor.skip_rest()
        ids = tuple(value for value in values if isinstance(value, str))
        if cursor.done and ids and len(ids) == len(values):
            return ids
    raise NotUnderstoodError("which buckets it changes is not written out")
