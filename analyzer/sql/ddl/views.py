"""CREATE VIEW and CREATE MATERIALIZED VIEW."""

from __future__ import annotations

from analyzer.model.events import CreateView, Event, Ref
from analyzer.model.query import ColumnUse, CommonTable, FromItem, Output, Query, SourceName
from analyzer.sql.cursor import Cursor
from analyzer.sql.options import read_options
from analyzer.sql.query import read_query
from analyzer.sql.tail import CHECK_ENDINGS, DATA_ENDINGS, query_text


def _create(cursor: Cursor) -> Event:
    view = cursor.ref()
    columns = cursor.names_in_parens() if cursor.key == "(" else ()
    options = read_options(cursor) if cursor.take("with") else ()
    cursor.must("as")
    query = query_text(cursor, *CHECK_ENDINGS)
    reads = read_query(query.sql, query.span.start)
    return CreateView(
        view,
        query,
        _within_itself(view, columns, reads) if reads and "recursive" in cursor.modifiers else reads,
        columns,
        replace="replace" in cursor.modifiers,
        temporary=bool(cursor.modifiers & {"temp", "temporary"}),
        options=options,
    )


def _within_itself(view: Ref, columns: tuple[str, ...], query: Query) -> Query:
    """What CREATE RECURSIVE VIEW stands for: ``WITH RECURSIVE view (columns) AS (query) SELECT columns FROM view``."""
    uses = tuple(ColumnUse(None, column, view.span) for column in columns)
    return Query(
        outputs=tuple(Output(use.name, use) for use in uses),
        sources=(FromItem(None, SourceName(None, view.name, view.span)),),
        tables=(CommonTable(view.name, query, columns, recursive=True),),
        columns=uses,
    )


def _create_materialized(cursor: Cursor) -> Event:
    if_not_exists = cursor.if_not_exists()
    view = cursor.ref()
    columns = cursor.names_in_parens() if cursor.key == "(" else ()
    if cursor.take("using"):
        cursor.name()
    options = read_options(cursor) if cursor.take("with") else ()
    if cursor.take("tablespace"):
        cursor.name()
    cursor.must("as")
    query = query_text(cursor, *DATA_ENDINGS)
    reads = read_query(query.sql, query.span.start)
    return CreateView(view, query, reads, columns, materialized=True, if_not_exists=if_not_exists, options=options)


READERS = {"create view": _create, "create materialized view": _create_materialized}
