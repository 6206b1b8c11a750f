"""A schema as an ORM's own files declare it: tables and enums by the names that its language gives them, nothing resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import field

from analyzer.model.events import OnDelete
from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.model.span import Span


class Target(Record, frozen=True):
    """What a foreign key points at: the columns, by their keys, of the table that goes by a handle."""

    handle: str
    keys: tuple[str, ...]


class DeclaredColumn(Record, frozen=True):
    """A column. ``key`` is what code calls it; ``name`` is its name in the database, None where the key decides.

    ``type`` is spelt as ``format_type`` spells it (``serial`` types as written), ``unknown`` where it can't be told;
    ``enum`` is the handle that gives the type instead. ``default`` and ``generated`` are what is written there.
    """

    key: str
    span: Span
    name: str | None = None
    type: str = "unknown"
    modifier: str = ""
    dimensions: int = 0
    enum: str | None = None
    not_null: bool = False
    default: str | None = None
    generated: str | None = None
    identity: Literal["always", "by default"] | None = None


class DeclaredKey(Record, frozen=True):
    """A key over columns by their keys. A ``unique`` one is an index and no constraint where ``index`` is True.

    ``target`` is what a foreign key points at, None where that can't be told.
    ``name`` is a pattern of ``{table}``, ``{columns}``, ``{target}`` and ``{target_columns}``; None for PostgreSQL's own.
    """

    kind: Literal["primary key", "unique", "foreign key"]
    keys: tuple[str, ...]
    span: Span
    name: str | None = None
    target: Target | None = None
    on_delete: OnDelete = "no action"
    index: bool = False


class DeclaredTable(Record, frozen=True):
    """A table or view. ``handle`` is what other declarations call it; ``schema`` is None for the default one.

    ``maker`` is the handle of what it is made with. ``groups`` are handles of columns that it shares with others.
    ``open`` when it may have more than is listed, ``rls`` when it surely has row level security.
    """

    handle: str
    name: str
    span: Span
    schema: str | None = None
    maker: str | None = None
    kind: Literal["table", "view", "materialized view"] = "table"
    columns: tuple[DeclaredColumn, ...] = ()
    groups: tuple[str, ...] = ()
    keys: tuple[DeclaredKey, ...] = ()
    rls: bool = False
    open: bool = False


class DeclaredEnum(Record, frozen=True):
    """An enum type; ``labels`` are None where they can't be told, and ``maker`` as for a table."""

    handle: str
    name: str
    span: Span
    schema: str | None = None
    maker: str | None = None
    labels: tuple[str, ...] | None = None


class Group(Record, frozen=True):
    """Columns under one handle, for several tables; ``open`` when it may hold more."""

    columns: tuple[DeclaredColumn, ...] = ()
    keys: tuple[DeclaredKey, ...] = ()
    groups: tuple[str, ...] = ()
    open: bool = False


Casing = Literal["keys", "snake_case", "camelCase"]


class Maker(Record, frozen=True):
    """What tables are made with: it puts them into a schema, or makes their names of a ``pattern`` with ``{}`` in it.

    The pattern is None where it can't be told.
    """

    schema: str | None = None
    pattern: str | None = "{}"


class Declarations(Record, frozen=True):
    """All that one file declares, in its order.

    ``types`` are the handles of types that no enum is. ``hidden`` is where a table is declared in a way that can't be
    read, so that any name may be a table's. ``casing`` is how columns without a name get one, where the file says it.
    """

    tables: tuple[DeclaredTable, ...] = ()
    enums: tuple[DeclaredEnum, ...] = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    makers: Mapping[str, Maker] = field(default_factory=dict)
    hidden: Span | None = None
    casing: Casing | None = None
    problems: tuple[Problem, ...] = ()
