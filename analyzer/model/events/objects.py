"""Schemas, indexes, sequences, views, extensions, publications and settings."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref, Text
from analyzer.model.query import Query
from analyzer.model.record import Variant
from analyzer.model.span import Span


class CreateIndex(Variant, frozen=True):
    """CREATE INDEX. ``columns`` are the plain column keys in order, None standing for an expression; ``where`` a partial one's.

    ``labels`` are what a made-up name takes from the keys and then from INCLUDE: a column's name, a function's, or ``expr``.
    ``classless`` are the plain columns for which no operator class is given, ``classes`` those that are.
    """

    table: Ref
    columns: tuple[str | None, ...]
    name: str | None = None
    unique: bool = False
    if_not_exists: bool = False
    where: Text | None = None
    expressions: tuple[Text, ...] = ()
    include: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    concurrently: bool = False
    only: bool = False
    method: str = "btree"
    classless: frozenset[str] = frozenset()
    classes: tuple[Ref, ...] = ()


class AttachIndex(Variant, frozen=True):
    """ALTER INDEX … ATTACH PARTITION: the index of a partition becomes part of that of the whole."""

    index: Ref
    part: Ref


class CreateSequence(Variant, frozen=True):
    """CREATE SEQUENCE; ``owned_by`` is (table, column)."""

    name: Ref
    if_not_exists: bool = False
    owned_by: tuple[Ref, str] | None = None


class OwnSequence(Variant, frozen=True):
    """ALTER SEQUENCE … OWNED BY; ``owned_by`` is (table, column), None for NONE."""

    name: Ref
    owned_by: tuple[Ref, str] | None
    if_exists: bool = False


class CreateView(Variant, frozen=True):
    """CREATE [OR REPLACE] [MATERIALIZED] VIEW; ``columns`` is the list of names before AS, empty when not given.

    ``reads`` is the query, None where it could not be read.
    """

    view: Ref
    query: Text
    reads: Query | None = None
    columns: tuple[str, ...] = ()
    materialized: bool = False
    replace: bool = False
    if_not_exists: bool = False
    temporary: bool = False
    options: tuple[tuple[str, str | None], ...] = ()


class CreateRule(Variant, frozen=True):
    """CREATE [OR REPLACE] RULE."""

    name: str
    table: Ref
    span: Span
    command: Literal["select", "insert", "update", "delete"]
    instead: bool = False
    replace: bool = False


class CreateEventTrigger(Variant, frozen=True):
    """``event`` is when it fires (``ddl_command_end``), ``tags`` the commands that fire it, folded; none for all."""

    name: str
    event: str
    tags: tuple[str, ...]
    function: Ref


class CreateExtension(Variant, frozen=True):
    """CREATE EXTENSION."""

    name: str
    span: Span
    schema: str | None = None
    if_not_exists: bool = False
    cascade: bool = False


class Publish(Variant, frozen=True):
    """CREATE or ALTER PUBLICATION. ``action`` is what happens to ``tables``; ``all_tables`` for FOR ALL TABLES."""

    publication: str
    span: Span
    action: Literal["create", "add", "drop", "set"]
    tables: tuple[Ref, ...] = ()
    all_tables: bool = False
    schemas: tuple[str, ...] = ()


class SetSearchPath(Variant, frozen=True):
    """SET [LOCAL] search_path, or ``set_config('search_path', …)``; None resets it. ``local`` ends with the transaction."""

    path: tuple[str, ...] | None
    local: bool = False


class CheckBodies(Variant, frozen=True):
    """SET check_function_bodies."""

    on: bool


class ExposeSchemas(Variant, frozen=True):
    """ALTER ROLE authenticator SET pgrst.db_schemas: the schemas that the API serves, whatever its configuration says.

    None when it falls back on that.
    """

    schemas: tuple[str, ...] | None


class Transaction(Variant, frozen=True):
    """BEGIN, COMMIT, ROLLBACK and savepoints, written in the file."""

    action: Literal["begin", "commit", "rollback", "savepoint", "release", "rollback to"]
    name: str | None = None
