"""Schemas, indexes, sequences, views, extensions, publications and settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyzer.model.events.base import Ref, Text
from analyzer.model.query import Query
from analyzer.model.span import Span


@dataclass(frozen=True, slots=True)
class CreateIndex:
    """CREATE INDEX. ``columns`` are the plain column keys in order, None standing for an expression; ``where`` a partial one's.

    ``labels`` are what a made-up name takes from the keys and then from INCLUDE: a column's name, a function's, or ``expr``.
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


@dataclass(frozen=True, slots=True)
class CreateSequence:
    """CREATE SEQUENCE; ``owned_by`` is (table, column)."""

    name: Ref
    if_not_exists: bool = False
    owned_by: tuple[Ref, str] | None = None


@dataclass(frozen=True, slots=True)
class OwnSequence:
    """ALTER SEQUENCE … OWNED BY; ``owned_by`` is (table, column), None for NONE."""

    name: Ref
    owned_by: tuple[Ref, str] | None
    if_exists: bool = False


@dataclass(frozen=True, slots=True)
class CreateView:
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


@dataclass(frozen=True, slots=True)
class CreateRule:
    """CREATE [OR REPLACE] RULE."""

    name: str
    table: Ref
    span: Span
    command: Literal["select", "insert", "update", "delete"]
    instead: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class CreateEventTrigger:
    """``event`` is when it fires (``ddl_command_end``), ``tags`` the commands that fire it, folded; none for all."""

    name: str
    event: str
    tags: tuple[str, ...]
    function: Ref


@dataclass(frozen=True, slots=True)
class CreateExtension:
    """CREATE EXTENSION."""

    name: str
    span: Span
    schema: str | None = None
    if_not_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """CREATE or ALTER PUBLICATION. ``action`` is what happens to ``tables``; ``all_tables`` for FOR ALL TABLES."""

    publication: str
    span: Span
    action: Literal["create", "add", "drop", "set"]
    tables: tuple[Ref, ...] = ()
    all_tables: bool = False
    schemas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetSearchPath:
    """SET [LOCAL] search_path, or ``set_config('search_path', …)``; None resets it. ``local`` ends with the transaction."""

    path: tuple[str, ...] | None
    local: bool = False


@dataclass(frozen=True, slots=True)
class CheckBodies:
    """SET check_function_bodies."""

    on: bool


@dataclass(frozen=True, slots=True)
class ExposeSchemas:
    """ALTER ROLE authenticator SET pgrst.db_schemas: the schemas that the API serves, whatever its configuration says.

    None when it falls back on that.
    """

    schemas: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Transaction:
    """BEGIN, COMMIT, ROLLBACK and savepoints, written in the file."""

    action: Literal["begin", "commit", "rollback", "savepoint", "release", "rollback to"]
    name: str | None = None
