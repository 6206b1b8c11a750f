"""CREATE TABLE and CREATE FOREIGN TABLE."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from msgspec.structs import replace

from analyzer.model.events import ColumnDef, ConstraintDef, CreateTable, Event, Like, Ref, TypeRef
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.definition import at_constraint, read_column, read_constraint, read_qualifiers
from analyzer.sql.index_key import read_index_key
from analyzer.sql.keywords import words
from analyzer.sql.query import read_query
from analyzer.sql.tail import DATA_ENDINGS, query_text


@dataclass(slots=True)
class _Body:
    """What stands within the parentheses; ``bare`` are columns given by name alone."""

    columns: list[ColumnDef] = field(default_factory=list)
    constraints: list[ConstraintDef] = field(default_factory=list)
    likes: list[Like] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    overrides: list[ColumnDef] = field(default_factory=list)
    given: bool = False


def _create_table(cursor: Cursor) -> Event:
    if_not_exists = cursor.if_not_exists()
    event = CreateTable(
        cursor.ref(), if_not_exists=if_not_exists, temporary=bool(cursor.modifiers & {"temp", "temporary"})
    )
    if cursor.take("partition", "of"):
        event = replace(event, partition_of=cursor.ref())
    elif cursor.take("of"):
        event = replace(event, of_type=cursor.ref())
    typed = event.partition_of or event.of_type
    body = _read_body(cursor, typed=bool(typed)) if cursor.key == "(" else _Body()
    if event.partition_of:
        _skip_bound(cursor)
    event = replace(
        event,
        columns=tuple(body.columns),
        constraints=tuple(body.constraints),
        likes=tuple(body.likes),
        overrides=tuple(body.overrides),
    )
    return _read_rest(cursor, event, body)


def _read_rest(cursor: Cursor, event: CreateTable, body: _Body) -> Event:
    if cursor.take("inherits"):
        event = replace(event, inherits=cursor.in_parens(cursor.ref))
    if cursor.clause("partition", "by"):
        cursor.name()
        keys = cursor.in_parens(lambda: read_index_key(cursor))
        parted_by = tuple(key if isinstance(key, str) else None for key in keys)
        event = replace(event, kind="partitioned_table", parted_by=parted_by)
    _skip_storage(cursor)
    if cursor.take("as"):
        if cursor.key == "execute":
            raise NotUnderstoodError("CREATE TABLE AS EXECUTE")
        query = query_text(cursor, *DATA_ENDINGS)
        reads = read_query(query.sql, query.span.start)
        return replace(event, query=query, reads=reads, query_columns=tuple(body.bare))
    if body.bare or not (body.given or event.partition_of or event.of_type):
        cursor.refuse()
    return event


def _skip_storage(cursor: Cursor) -> None:
    if cursor.take("using"):
        cursor.name()
    if cursor.take("with"):
        cursor.skip_parens()
    else:
        cursor.take("without", "oids")
    if cursor.clause("on", "commit") and cursor.must_any("drop", "delete", "preserve") != "drop":
        cursor.must("rows")
    if cursor.take("tablespace"):
        cursor.name()


def _skip_bound(cursor: Cursor) -> None:
    if cursor.take("default"):
        return
    cursor.must("for", "values")
    if cursor.take("from"):
        cursor.skip_parens()
        cursor.must("to")
    elif not cursor.take("in"):
        cursor.must("with")
    cursor.skip_parens()


# --- within the parentheses -------------------------------------------------------------------------------------------


def _read_body(cursor: Cursor, typed: bool) -> _Body:
    body = _Body(given=True)
    cursor.must("(")
    if not cursor.sees(")"):
        cursor.listed(lambda: _element(cursor, body, typed))
    cursor.must(")")
    return body


def _element(cursor: Cursor, body: _Body, typed: bool) -> None:
    if cursor.take("like"):
        body.likes.append(_like(cursor))
    elif at_constraint(cursor):
        body.constraints.append(read_constraint(cursor))
    elif typed:
        body.overrides.append(_typed_column(cursor))
    elif body.bare or (not body.columns and cursor.is_name() and cursor.ahead().key in (",", ")")):
        body.bare.append(cursor.name())
    else:
        body.columns.append(read_column(cursor))


def _typed_column(cursor: Cursor) -> ColumnDef:
    span = cursor.span_of(cursor.token)
    name = cursor.name()
    cursor.take("with", "options")
    given = read_qualifiers(cursor, name)
    constraints = tuple(given.constraints)
    return ColumnDef(
        name, TypeRef("unknown", span), span, given.not_null, given.default, given.generated, None, constraints
    )


_EVERYTHING = words("comments compression constraints defaults generated identity indexes statistics storage")


def _like(cursor: Cursor) -> Like:
    source = cursor.ref()
    including: frozenset[str] = frozenset()
    while word := cursor.take_any("including", "excluding"):
        option = cursor.name(frozenset()).lower()
        if word == "including":
            including |= {option}
        else:
            whole = _EVERYTHING if "all" in including else including
            including = whole - (_EVERYTHING if option == "all" else {option})
    return Like(source, including)


# --- foreign tables ---------------------------------------------------------------------------------------------------


def _create_foreign_table(cursor: Cursor) -> Event:
    kind: Literal["foreign_table"] = "foreign_table"
    if_not_exists = cursor.if_not_exists()
    table = cursor.ref()
    partition_of: Ref | None = cursor.ref() if cursor.take("partition", "of") else None
    body = _read_body(cursor, typed=partition_of is not None) if cursor.key == "(" else _Body()
    if partition_of:
        _skip_bound(cursor)
    inherits = cursor.in_parens(cursor.ref) if cursor.take("inherits") else ()
    cursor.must("server")
    cursor.name()
    if cursor.take("options"):
        cursor.skip_parens()
    return CreateTable(
        table,
        tuple(body.columns),
        tuple(body.constraints),
        kind,
        if_not_exists,
        likes=tuple(body.likes),
        inherits=inherits,
        partition_of=partition_of,
        overrides=tuple(body.overrides),
    )


READERS = {"create table": _create_table, "create foreign table": _create_foreign_table}
