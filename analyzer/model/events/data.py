"""Rows, and what a statement needs to be there."""

from __future__ import annotations

from typing import Literal, TypeAlias

from analyzer.model.events.base import Ref, TypeRef
from analyzer.model.events.names import DropTarget, ObjectKind
from analyzer.model.query import Query
from analyzer.model.record import Record, Variant
from analyzer.model.span import Span


class Row(Record, frozen=True):
    """One row of literal values, None where a value is no literal; ``true``/``false`` as Python booleans, NULL as ``Null``."""

    values: tuple[tuple[str, str | bool | None], ...]
    span: Span


class PutBucket(Variant, frozen=True):
    """INSERT INTO storage.buckets, one event for a statement; ``on_conflict`` is what a clash of ids does."""

    rows: tuple[Row, ...]
    span: Span
    on_conflict: Literal["error", "nothing", "update"] = "error"


class ChangeBucket(Variant, frozen=True):
    """UPDATE or DELETE on storage.buckets by literal ids; ``public`` is the new value, None when it is left alone."""

    ids: tuple[str, ...]
    delete: bool
    span: Span
    public: bool | None = None


class Constant(Variant, frozen=True):
    """A value that is written out: a string, a number, TRUE or FALSE.

    ``quoted`` for a string without a cast, which may be of any type; ``type`` is that of the others, empty where it is not
    plain.
    """

    text: str
    quoted: bool = False
    type: str = ""


class Lookup(Variant, frozen=True):
    """The value that a query on one table gives: NULL when no row has these values in these columns."""

    table: Ref
    conditions: tuple[tuple[str, str], ...] = ()


class Variable(Variant, frozen=True):
    """A name that stands for a value, where there is a variable of that name."""

    name: str


class Null(Variant, frozen=True):
    """NULL, or DEFAULT (``default``), as a value."""

    default: bool = False


NULL = Null()


DEFAULT = Null(default=True)


Value: TypeAlias = Constant | Lookup | Variable | Null | None  # None: any other expression


class Conflict(Record, frozen=True):
    """ON CONFLICT: what is done then (``action``), and the columns or the constraint that it names.

    ``columns`` is None when it names neither, or more than plain columns.
    """

    action: Literal["nothing", "update"]
    columns: tuple[str, ...] | None = None
    constraint: str | None = None


class Run(Record, frozen=True):
    """A function that a statement runs; an argument is the text of a literal, None when it can't be told."""

    function: Ref
    arguments: tuple[str | None, ...] = ()


class Need(Variant, frozen=True):
    """The statement is understood, changes nothing that we keep, and is refused when one of these is not there.

    ``kind`` is the statement's (``comment``, ``insert``, …). ``objects`` are of any kind, parts of a table with what they
    are ``on``. ``reads`` are the queries that it runs.
    ``rows`` are those of an INSERT … VALUES, None for any other or very many; ``some`` when no other row is put, but
    perhaps not each of them. ``conflict`` is its ON CONFLICT. ``calls`` are the functions that it calls and that are not
    PostgreSQL's own, ``runs`` those of them that it is there to run. ``then`` is the statement behind a WITH.
    """

    kind: str
    relations: tuple[Ref, ...] = ()
    types: tuple[TypeRef, ...] = ()
    schemas: tuple[str, ...] = ()
    reads: tuple[Query, ...] = ()
    roles: tuple[str, ...] = ()
    objects: tuple[tuple[ObjectKind, DropTarget], ...] = ()
    rows: tuple[tuple[Value, ...], ...] | None = None
    some: bool = False
    conflict: Conflict | None = None
    calls: tuple[Ref, ...] = ()
    then: tuple[Need, ...] = ()
    runs: tuple[Run, ...] = ()
