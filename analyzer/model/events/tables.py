"""Tables: made, changed, and what hangs on them."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref, Text, TypeRef
from analyzer.model.events.names import ObjectKind
from analyzer.model.query import Query
from analyzer.model.record import Record, Variant
from analyzer.model.span import Span

ConstraintKind = Literal["primary key", "unique", "foreign key", "check", "exclude", "not null"]


OnDelete = Literal["no action", "restrict", "cascade", "set null", "set default"]


class ConstraintDef(Record, frozen=True):
    """A table constraint; one written beside a column has that column in ``columns``.

    ``target_columns`` is empty when the target's primary key is meant. ``expression`` is the CHECK's or EXCLUDE's text.
    ``labels`` are what a made-up name takes from the keys of an EXCLUDE, as for an index.
    """

    kind: ConstraintKind
    span: Span
    name: str | None = None
    columns: tuple[str, ...] = ()
    target: Ref | None = None
    target_columns: tuple[str, ...] = ()
    on_delete: OnDelete = "no action"
    on_update: OnDelete = "no action"
    expression: Text | None = None
    using_index: str | None = None
    nulls_not_distinct: bool = False
    inline: bool = False
    include: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    no_inherit: bool = False


class ColumnDef(Record, frozen=True):
    """A column as CREATE TABLE or ADD COLUMN gives it; ``serial`` types are left as written, for the replay to expand.

    ``sequence`` is the name that an identity column gives its own.
    """

    name: str
    type: TypeRef
    span: Span
    not_null: bool = False
    default: Text | None = None
    generated: Text | None = None
    identity: Literal["always", "by default"] | None = None
    constraints: tuple[ConstraintDef, ...] = ()
    sequence: Ref | None = None


class Like(Record, frozen=True):
    """``LIKE source INCLUDING …``; ``including`` holds lower-case option names (``all``, ``defaults``, …)."""

    source: Ref
    including: frozenset[str] = frozenset()


class CreateTable(Variant, frozen=True):
    """CREATE [FOREIGN] TABLE. ``partition_of`` and ``inherits`` name parents; ``query`` is what follows AS, also as ``reads``.

    ``open`` where it may have more columns and keys than these: of a table that no SQL creates. ``overrides`` are the
    columns of a table OF a type that are given more than they come with; their types say nothing. ``parted_by`` are the
    columns of PARTITION BY, None for an expression.
    """

    table: Ref
    columns: tuple[ColumnDef, ...] = ()
    constraints: tuple[ConstraintDef, ...] = ()
    kind: Literal["table", "foreign_table", "partitioned_table"] = "table"
    if_not_exists: bool = False
    temporary: bool = False
    likes: tuple[Like, ...] = ()
    inherits: tuple[Ref, ...] = ()
    partition_of: Ref | None = None
    of_type: Ref | None = None
    query: Text | None = None
    reads: Query | None = None
    query_columns: tuple[str, ...] = ()
    open: bool = False
    overrides: tuple[ColumnDef, ...] = ()
    parted_by: tuple[str | None, ...] = ()


class AddColumn(Variant, frozen=True):
    """ALTER TABLE … ADD COLUMN."""

    column: ColumnDef
    if_not_exists: bool = False


class DropColumn(Variant, frozen=True):
    """ALTER TABLE … DROP COLUMN."""

    column: str
    span: Span
    if_exists: bool = False
    cascade: bool = False


class AlterColumn(Variant, frozen=True):
    """ALTER TABLE … ALTER COLUMN: each field that is not None is set by the statement; ``drop`` says what it takes away.

    ``adds`` for ADD GENERATED, with the name of its ``sequence`` if it has one; SET GENERATED changes what is there.
    """

    column: str
    span: Span
    type: TypeRef | None = None
    using: Text | None = None
    default: Text | None = None
    not_null: bool | None = None
    identity: Literal["always", "by default"] | None = None
    drop: Literal["default", "identity", "expression"] | None = None
    if_exists: bool = False
    adds: bool = False
    sequence: Ref | None = None
    only: bool = False


class AddConstraint(Variant, frozen=True):
    """ALTER TABLE … ADD [CONSTRAINT …]; with ``only``, to the table alone and not to its children."""

    constraint: ConstraintDef
    only: bool = False


class DropConstraint(Variant, frozen=True):
    """ALTER TABLE … DROP CONSTRAINT."""

    name: str
    span: Span
    if_exists: bool = False
    cascade: bool = False


class NeedConstraint(Variant, frozen=True):
    """ALTER TABLE … VALIDATE or ALTER CONSTRAINT: changes nothing that we keep, but the constraint must be there."""

    name: str
    span: Span


class NeedPart(Variant, frozen=True):
    """ALTER TABLE … ENABLE TRIGGER, CLUSTER ON and such: changes nothing that we keep, but the part must be there."""

    kind: Literal["trigger", "rule", "index"]
    name: str
    span: Span


class SetRls(Variant, frozen=True):
    """ALTER TABLE … ENABLE or DISABLE ROW LEVEL SECURITY."""

    enabled: bool


class AttachPartition(Variant, frozen=True):
    """ALTER TABLE … ATTACH PARTITION (``attach``) or DETACH PARTITION."""

    partition: Ref
    attach: bool = True


class Inherit(Variant, frozen=True):
    """ALTER TABLE … INHERIT parent, or NO INHERIT where not ``on``."""

    parent: Ref
    on: bool = True


class OfType(Variant, frozen=True):
    """ALTER TABLE … OF type, or NOT OF where there is none."""

    type: Ref | None = None


class SetOptions(Variant, frozen=True):
    """ALTER TABLE or VIEW … SET (…) or RESET (…): option names in lower case; a value is None for RESET."""

    options: tuple[tuple[str, str | None], ...]


class OwnerTo(Variant, frozen=True):
    """ALTER TABLE … OWNER TO."""

    role: str


class OtherAction(Variant, frozen=True):
    """An ALTER TABLE action that was understood and changes nothing that we keep (CLUSTER ON, REPLICA IDENTITY, …)."""

    kind: str


TableAction = (
    AddColumn
    | DropColumn
    | AlterColumn
    | AddConstraint
    | DropConstraint
    | NeedConstraint
    | NeedPart
    | SetRls
    | AttachPartition
    | Inherit
    | OfType
    | SetOptions
    | OwnerTo
    | OtherAction
)


class AlterTable(Variant, frozen=True):
    """ALTER TABLE, FOREIGN TABLE, VIEW or MATERIALIZED VIEW with its actions, in order; the statement is one whole.

    ``kind`` is what the statement calls it: TABLE may be said of all of them. ``only`` leaves the table's children alone.
    """

    table: Ref
    actions: tuple[TableAction, ...]
    if_exists: bool = False
    kind: ObjectKind = "table"
    only: bool = False
