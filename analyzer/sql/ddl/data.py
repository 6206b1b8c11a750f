"""INSERT, UPDATE, DELETE and their like; rows of ``storage.buckets`` are kept."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from analyzer.model.events import Conflict, DropTarget, Event, Need, ObjectKind, Ref, Value
from analyzer.model.query import Query
from analyzer.sql.buckets import read_delete, read_insert, read_update
from analyzer.sql.calls import own_calls
from analyzer.sql.cursor import Cursor
from analyzer.sql.keywords import NOT_A_COLUMN, NOT_A_LABEL
from analyzer.sql.lexer import Token
from analyzer.sql.query import read_change
from analyzer.sql.rows import read_rows
from analyzer.sql.values import read_listed, read_value, read_values
from analyzer.sql.whole_expression import refuse_malformed


def _is_buckets(table: Ref) -> bool:
    return (table.schema, table.name) == ("storage", "buckets")


def _insert(cursor: Cursor) -> Event:
    cursor.must("into")
    table = cursor.ref()
    if _is_buckets(table):
        return read_insert(cursor, table)
    if cursor.take("as"):
        cursor.name()
    columns: tuple[Column, ...] = ()
    here = cursor.at
    if cursor.key == "(" and not _opens_query(cursor):
        columns = cursor.in_parens(lambda: _column(cursor, table))
    whole = all(token.key not in (".", "[") for token in cursor.tokens[here : cursor.at])
    if cursor.take("overriding"):
        cursor.must_any("system", "user")
        cursor.must("value")
    reads = _read(cursor) if _holds_query(cursor) else ()
    conflict = _conflict(cursor)
    some = cursor.key == "select"
    if not (cursor.key in _SOURCES or (cursor.key == "default" and cursor.ahead().key == "values")):
        cursor.refuse()
    rows = read_listed(cursor) if some else _rows(cursor)
    cursor.skip_rest()
    rows = rows if whole else None
    return Need("insert", (table,), (), (), reads, (), columns, rows, some, conflict, _calls(cursor))


def _opens_query(cursor: Cursor) -> bool:
    """Whether the parenthesis holds a query; a column may be named ``values``."""
    key, after = cursor.ahead().key, cursor.ahead(2).key
    return key in ("select", "with", "table", "(") or (key == "values" and after == "(")


def _rows(cursor: Cursor) -> tuple[tuple[Value, ...], ...] | None:
    if cursor.take("values"):
        return read_values(cursor)
    return () if cursor.take("default", "values") else None


def _conflict(cursor: Cursor) -> Conflict | None:
    """The clause ON CONFLICT, which stands further on; the cursor stays where it is."""
    keys = [token.key for token in cursor.tokens]
    at = next((at for at in range(cursor.at, len(keys) - 2) if keys[at : at + 2] == ["on", "conflict"]), -1)
    if at < 0:
        return None
    here, cursor.at = cursor.at, at + 2
    columns: tuple[str, ...] | None = None
    constraint = None
    if cursor.key == "(":
        inner = cursor.skip_parens()
        plain = all(token.key == "," if number % 2 else _is_column(token) for number, token in enumerate(inner))
        columns = tuple(token.value for token in inner[::2]) if plain and cursor.key == "do" else None
    elif cursor.take("on", "constraint"):
        constraint = cursor.name()
    elif cursor.sees("do", "update"):
        cursor.refuse()
    action: Literal["nothing", "update"] = "nothing" if "nothing" in keys[cursor.at : cursor.at + 2] else "update"
    cursor.at = here
    return Conflict(action, columns, constraint)


def _is_column(token: Token) -> bool:
    """True for a token that is a column's name."""
    return token.kind == "quoted" or (token.kind == "word" and token.key not in NOT_A_COLUMN)


def _calls(cursor: Cursor) -> tuple[Ref, ...]:
    return own_calls(cursor.script, cursor.tokens)


_SOURCES = frozenset(("values", "select", "with", "table", "("))
_LONGEST_READ = 20_000  # tokens: data of that size names nothing that is not named in its first rows


def _holds_query(cursor: Cursor) -> bool:
    return any(token.key == "select" for token in cursor.tokens[cursor.at :])


def _read(cursor: Cursor) -> tuple[Query, ...]:
    """What the whole statement reads, as one query; behind WITH nothing, since that is read with all that follows."""
    if "with" in cursor.modifiers:
        return ()
    if cursor.key in ("select", "with"):
        return tuple(Query(inner=(each,)) for each in read_rows(cursor, _selected(cursor)))
    tokens = cursor.tokens[_first(cursor) : -1]
    if len(tokens) > _LONGEST_READ:
        return ()
    text = cursor.script.piece(tokens)
    query = read_change(text.sql, text.span.start)
    return (query,) if query is not None else ()


def _selected(cursor: Cursor) -> list[Token]:
    """The tokens of the query of INSERT … SELECT."""
    here = cursor.at
    while not cursor.done and not cursor.sees("on", "conflict") and cursor.key != "returning":
        cursor.step()
    tokens, cursor.at = cursor.tokens[here : cursor.at], here
    return tokens


def _first(cursor: Cursor) -> int:
    """Where the statement's own word stands: the last one before the cursor that stands within no parentheses."""
    depth = 0
    for at in range(cursor.at, -1, -1):
        key = cursor.tokens[at].key
        depth += (key == ")") - (key == "(")
        if depth == 0 and key in ("insert", "update", "delete"):
            return at
    return 0


def _with(cursor: Cursor) -> Event:
    """WITH before a statement: what it reads, then what the statement itself writes."""
    whole = cursor.tokens[:-1]
    while True:
        cursor.take("recursive")
        cursor.name()
        if cursor.key == "(":
            cursor.skip_parens()
        cursor.must("as")
        cursor.take("not")
        cursor.take("materialized")
        cursor.skip_parens()
        if cursor.take_any("search", "cycle"):
            cursor.until(",", *_WRITTEN, "select", "values", "table", "(")
        if not cursor.take(","):
            break
    text = cursor.script.piece(whole)
    query = read_change(text.sql, text.span.start)
    reads = (query,) if query is not None else ()
    written = _WRITTEN.get(cursor.take_any(*_WRITTEN))
    cursor.modifiers |= {"with"}
    changed = written(cursor) if written is not None else None
    cursor.skip_rest()
    then = (replace(changed, calls=()),) if isinstance(changed, Need) else ()
    return Need("with", reads=reads, calls=_calls(cursor), then=then)


Column = tuple[ObjectKind, DropTarget]


def _column(cursor: Cursor, table: Ref) -> Column:
    """A column that is written, with what follows of an array's element or a composite's field."""
    token = cursor.token
    name = Ref(None, cursor.name(), cursor.span_of(token))
    while cursor.key in (".", "["):
        if cursor.take("."):
            cursor.name(NOT_A_LABEL)
        else:
            cursor.skip_parens()
    return "column", DropTarget(name, table)


def _target(cursor: Cursor) -> Ref:
    """A table that is changed: ``t``, ``ONLY t`` or ``ONLY (t)``."""
    if cursor.take("only") and cursor.key == "(":
        return cursor.in_parens(cursor.ref)[0]
    return cursor.ref()


def _update(cursor: Cursor) -> Event:
    table = _target(cursor)
    if _is_buckets(table):
        return read_update(cursor, table)
    reads = _read(cursor)
    _skip_alias(cursor, "set")
    cursor.must("set")
    columns: list[Column] = []
    values: list[Value] = []
    while True:
        here = cursor.at
        more = cursor.in_parens(lambda: _column(cursor, table)) if cursor.key == "(" else (_column(cursor, table),)
        whole = cursor.at == here + 1
        cursor.must("=")
        value = read_value(cursor, cursor.until(",", "where", "from", "returning"))
        columns.extend(more)
        values.extend([value] if whole else [None] * len(more))
        if not cursor.take(","):
            break
    _where(cursor)
    rows = (tuple(values),)
    return Need("update", (table,), reads=reads, objects=tuple(columns), rows=rows, calls=_calls(cursor))


def _where(cursor: Cursor) -> None:
    """The rest of an UPDATE or DELETE: its condition is an expression."""
    if not cursor.done and cursor.key not in ("where", "returning"):
        cursor.until("where", "returning")
    if cursor.take("where") and not cursor.sees("current", "of"):
        start = cursor.at
        cursor.until("returning")
        refuse_malformed(cursor, start, cursor.at)
    cursor.skip_rest()


def _skip_alias(cursor: Cursor, stop: str) -> None:
    cursor.take("*")
    if cursor.take("as") or (not cursor.done and cursor.key != stop):
        cursor.name()


def _delete(cursor: Cursor) -> Event:
    cursor.must("from")
    table = _target(cursor)
    if _is_buckets(table):
        return read_delete(cursor, table)
    reads = _read(cursor)
    _where(cursor)
    return Need("delete", (table,), reads=reads, calls=_calls(cursor))


def _truncate(cursor: Cursor) -> Event:
    cursor.take("table")
    tables = cursor.listed(lambda: _table(cursor))
    if cursor.take_any("restart", "continue"):
        cursor.must("identity")
    cursor.cascade()
    return Need("truncate", tables)


def _table(cursor: Cursor) -> Ref:
    cursor.take("only")
    table = cursor.ref()
    cursor.take("*")
    return table


def _merge(cursor: Cursor) -> Event:
    cursor.must("into")
    cursor.take("only")
    table = cursor.ref()
    cursor.skip_rest()
    return Need("merge", (table,))


def _copy(cursor: Cursor) -> Event:
    if cursor.key == "(":
        cursor.skip_rest()
        return Need("copy")
    cursor.take("binary")
    table = cursor.ref()
    cursor.skip_rest()
    return Need("copy", (table,))


_WRITTEN = {"insert": _insert, "update": _update, "delete": _delete}
READERS = {
    "with": _with,
    "insert": _insert,
    "update": _update,
    "delete": _delete,
    "truncate": _truncate,
    "merge": _merge,
    "copy": _copy,
}
