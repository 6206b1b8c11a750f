"""What a migration does, statement by statement, as the text says it: nothing here is resolved against a catalogue.

Names are folded and cut as PostgreSQL does it. Every event knows where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from analyzer.model.query import Query
from analyzer.model.source import Problem
from analyzer.model.span import Span


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that may be qualified; ``schema`` is None when the search path decides."""

    schema: str | None
    name: str
    span: Span

    def __str__(self) -> str:
        return self.name if self.schema is None else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of SQL kept as written: an expression, a query, a function body.

    ``names`` are the identifiers that it holds, folded, each once, in order; strings and comments are not looked into.
    """

    sql: str
    span: Span
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type as written.

    A built-in one is spelt as ``format_type`` spells it (``int4`` is ``integer``), with ``schema`` None; any other is
    resolved at replay. ``modifier`` is ``(10,2)`` or empty (``timestamp(3) with time zone`` has ``(3)``), and
    ``dimensions`` counts ``[]``.
    ``column`` is set for ``table.column%TYPE``, where ``name`` is the table.
    """

    name: str
    span: Span
    schema: str | None = None
    modifier: str = ""
    dimensions: int = 0
    column: str | None = None
    setof: bool = False


ConstraintKind = Literal["primary key", "unique", "foreign key", "check", "exclude", "not null"]
OnDelete = Literal["no action", "restrict", "cascade", "set null", "set default"]


@dataclass(frozen=True, slots=True)
class ConstraintDef:
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


@dataclass(frozen=True, slots=True)
class ColumnDef:
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


# --- tables -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Like:
    """``LIKE source INCLUDING …``; ``including`` holds lower-case option names (``all``, ``defaults``, …)."""

    source: Ref
    including: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CreateTable:
    """CREATE [FOREIGN] TABLE. ``partition_of`` and ``inherits`` name parents; ``query`` is what follows AS, also as ``reads``.

    ``open`` where it may have more columns and keys than these: of a table that no SQL creates. ``overrides`` are the
    columns of a table OF a type that are given more than they come with; their types say nothing.
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


@dataclass(frozen=True, slots=True)
class AddColumn:
    """ALTER TABLE … ADD COLUMN."""

    column: ColumnDef
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True)
class DropColumn:
    """ALTER TABLE … DROP COLUMN."""

    column: str
    span: Span
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class AlterColumn:
    """ALTER TABLE … ALTER COLUMN: each field that is not None is set by the statement; ``drop`` says what it takes away.

    ``adds`` for ADD GENERATED, with the name of its ``sequence`` if it has one; SET GENERATED changes what is there.
    """

    column: str
    span: Span
    type: TypeRef | None = None
    default: Text | None = None
    not_null: bool | None = None
    identity: Literal["always", "by default"] | None = None
    drop: Literal["default", "identity", "expression"] | None = None
    if_exists: bool = False
    adds: bool = False
    sequence: Ref | None = None


@dataclass(frozen=True, slots=True)
class AddConstraint:
    """ALTER TABLE … ADD [CONSTRAINT …]."""

    constraint: ConstraintDef


@dataclass(frozen=True, slots=True)
class DropConstraint:
    """ALTER TABLE … DROP CONSTRAINT."""

    name: str
    span: Span
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class NeedConstraint:
    """ALTER TABLE … VALIDATE or ALTER CONSTRAINT: changes nothing that we keep, but the constraint must be there."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class NeedPart:
    """ALTER TABLE … ENABLE TRIGGER, CLUSTER ON and such: changes nothing that we keep, but the part must be there."""

    kind: Literal["trigger", "rule", "index"]
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class SetRls:
    """ALTER TABLE … ENABLE or DISABLE ROW LEVEL SECURITY."""

    enabled: bool


@dataclass(frozen=True, slots=True)
class AttachPartition:
    """ALTER TABLE … ATTACH PARTITION (``attach``) or DETACH PARTITION."""

    partition: Ref
    attach: bool = True


@dataclass(frozen=True, slots=True)
class SetOptions:
    """ALTER TABLE or VIEW … SET (…) or RESET (…): option names in lower case; a value is None for RESET."""

    options: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class OwnerTo:
    """ALTER TABLE … OWNER TO."""

    role: str


@dataclass(frozen=True, slots=True)
class OtherAction:
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
    | SetOptions
    | OwnerTo
    | OtherAction
)


@dataclass(frozen=True, slots=True)
class AlterTable:
    """ALTER TABLE, FOREIGN TABLE, VIEW or MATERIALIZED VIEW with its actions, in order; the statement is one whole.

    ``kind`` is what the statement calls it: TABLE may be said of all of them.
    """

    table: Ref
    actions: tuple[TableAction, ...]
    if_exists: bool = False
    kind: ObjectKind = "table"


# --- names ------------------------------------------------------------------------------------------------------------

ObjectKind = Literal[
    "table",
    "foreign table",
    "view",
    "materialized view",
    "index",
    "sequence",
    "type",
    "domain",
    "schema",
    "function",
    "procedure",
    "routine",
    "aggregate",
    "policy",
    "trigger",
    "rule",
    "constraint",
    "column",
    "attribute",
    "enum value",
    "extension",
    "publication",
    "event trigger",
]


@dataclass(frozen=True, slots=True)
class Rename:
    """ALTER … RENAME: of an object, or with ``part`` of what belongs to it (its column, constraint, policy, trigger, label).

    ``kind`` is the kind of what gets the new name, and ``target`` the object, or what owns the part. ``args`` are a routine's.
    """

    kind: ObjectKind
    target: Ref
    new_name: str
    part: str | None = None
    if_exists: bool = False
    args: tuple[TypeRef, ...] | None = None


@dataclass(frozen=True, slots=True)
class SetSchema:
    """ALTER … SET SCHEMA."""

    kind: ObjectKind
    target: Ref
    schema: str
    if_exists: bool = False
    args: tuple[TypeRef, ...] | None = None


@dataclass(frozen=True, slots=True)
class DropTarget:
    """One object of a DROP; ``on`` is the table of a policy, trigger or rule, ``args`` a routine's (None: not given)."""

    name: Ref
    on: Ref | None = None
    args: tuple[TypeRef, ...] | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """DROP of one or more objects of a kind."""

    kind: ObjectKind
    targets: tuple[DropTarget, ...]
    if_exists: bool = False
    cascade: bool = False


# --- other objects ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreateSchema:
    """CREATE SCHEMA; ``owner`` is the role of AUTHORIZATION, ``elements`` are the statements within."""

    name: str
    span: Span
    if_not_exists: bool = False
    owner: str | None = None
    elements: tuple[Statement, ...] = ()


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
class CreateType:
    """CREATE TYPE or DOMAIN. ``labels`` for an enum, ``attributes`` for a composite, ``base`` and ``checks`` for a domain."""

    type: Ref
    kind: Literal["enum", "composite", "domain", "range", "base", "shell"]
    labels: tuple[str, ...] = ()
    attributes: tuple[ColumnDef, ...] = ()
    base: TypeRef | None = None
    checks: tuple[ConstraintDef, ...] = ()


@dataclass(frozen=True, slots=True)
class AlterType:
    """ALTER TYPE … ADD, DROP or ALTER ATTRIBUTE of a composite type."""

    type: Ref
    actions: tuple[AddColumn | DropColumn | AlterColumn, ...]


@dataclass(frozen=True, slots=True)
class AlterDomain:
    """ALTER DOMAIN … ADD, DROP, RENAME or VALIDATE CONSTRAINT; ``adds`` has the new one, ``name`` the one that is there."""

    type: Ref
    action: Literal["add", "drop", "rename", "validate"]
    name: str = ""
    adds: ConstraintDef | None = None
    new_name: str = ""
    if_exists: bool = False


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
class AddEnumValue:
    """ALTER TYPE … ADD VALUE; ``beside`` is the label that BEFORE or AFTER names."""

    type: Ref
    label: str
    if_not_exists: bool = False
    before: bool = False
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a routine."""

    type: TypeRef
    name: str | None = None
    mode: Literal["in", "out", "inout", "variadic", "table"] = "in"
    default: Text | None = None


@dataclass(frozen=True, slots=True)
class CreateFunction:
    """CREATE [OR REPLACE] FUNCTION or PROCEDURE. ``returns`` is None for procedures and for OUT or TABLE arguments alone.

    ``aggregate`` is the function that an aggregate steps with. ``settings`` are its SET clauses (``search_path``);
    ``body`` is the text within the quotes, or after BEGIN ATOMIC.
    ``statements`` are those of a body in SQL, which PostgreSQL checks when the function is made, and ``declared`` the types
    of the variables of one in plpgsql: a relation stands for ``%ROWTYPE``.
    """

    function: Ref
    args: tuple[Argument, ...]
    returns: TypeRef | None
    language: str
    body: Text | None
    replace: bool = False
    procedure: bool = False
    security_definer: bool = False
    volatility: Literal["volatile", "stable", "immutable"] = "volatile"
    settings: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    aggregate: Ref | None = None
    declared: tuple[TypeRef | Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class AlterRoutine:
    """ALTER FUNCTION, PROCEDURE or ROUTINE as far as it changes who it runs as (None: not) and its settings.

    A setting of None is RESET, of ``all`` of them where that is its name; one of the empty string has a value of its own
    that is not kept.
    """

    kind: ObjectKind
    routine: DropTarget
    security_definer: bool | None = None
    settings: tuple[tuple[str, str | None], ...] = ()


PolicyCommand = Literal["all", "select", "insert", "update", "delete"]


@dataclass(frozen=True, slots=True)
class CreatePolicy:
    """CREATE POLICY; no role list means ``public``. ``reads`` are its expressions, where they hold queries of their own."""

    name: str
    table: Ref
    span: Span
    command: PolicyCommand = "all"
    permissive: bool = True
    roles: tuple[str, ...] = ("public",)
    using: Text | None = None
    check: Text | None = None
    reads: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class AlterPolicy:
    """ALTER POLICY; what is None stays."""

    name: str
    table: Ref
    span: Span
    roles: tuple[str, ...] | None = None
    using: Text | None = None
    check: Text | None = None
    reads: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateTrigger:
    """CREATE [OR REPLACE] [CONSTRAINT] TRIGGER; ``events`` are insert, update, delete, truncate, ``columns`` those of UPDATE OF."""

    name: str
    table: Ref
    function: Ref
    span: Span
    timing: Literal["before", "after", "instead of"] = "after"
    events: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
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
class Row:
    """One row of literal values, None where a value is no literal; ``true``/``false`` as Python booleans, NULL as ``Null``."""

    values: tuple[tuple[str, str | bool | None], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class PutBucket:
    """INSERT INTO storage.buckets, one event for a statement; ``on_conflict`` is what a clash of ids does."""

    rows: tuple[Row, ...]
    span: Span
    on_conflict: Literal["error", "nothing", "update"] = "error"


@dataclass(frozen=True, slots=True)
class ChangeBucket:
    """UPDATE or DELETE on storage.buckets by literal ids; ``public`` is the new value, None when it is left alone."""

    ids: tuple[str, ...]
    delete: bool
    span: Span
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """GRANT or REVOKE on relations, functions or schemas. ``everything_in`` is the schema of ALL … IN SCHEMA.

    ``privileges`` in lower case, ``("all",)`` for ALL; ``columns`` are those that each is given for, none for the whole
    table. ``default`` is True for ALTER DEFAULT PRIVILEGES, of what ``makers`` create from now on; ``option`` when only
    the right to pass it on is revoked.
    """

    revoke: bool
    kind: Literal["table", "function", "sequence", "schema", "type", "other"]
    privileges: tuple[str, ...]
    roles: tuple[str, ...]
    objects: tuple[DropTarget, ...] = ()
    everything_in: tuple[str, ...] = ()
    default: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    makers: tuple[str, ...] = ()
    option: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRoles:
    """CREATE, DROP or RENAME of roles; ``new_name`` for a renamed one."""

    action: Literal["create", "drop", "rename"]
    roles: tuple[str, ...]
    span: Span
    if_exists: bool = False
    new_name: str = ""


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


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is written out: a string, or a number. ``quoted`` for a string without a cast."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """The value that a query on one table gives: NULL when no row has these values in these columns."""

    table: Ref
    conditions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that stands for a value, where there is a variable of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Null:
    """NULL, or DEFAULT (``default``), as a value."""

    default: bool = False


NULL = Null()
DEFAULT = Null(default=True)
Value: TypeAlias = "Constant | Lookup | Variable | Null | None"  # None: any other expression


@dataclass(frozen=True, slots=True)
class Conflict:
    """ON CONFLICT: what is done then (``action``), and the columns or the constraint that it names.

    ``columns`` is None when it names neither, or more than plain columns.
    """

    action: Literal["nothing", "update"]
    columns: tuple[str, ...] | None = None
    constraint: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A function that a statement runs; an argument is the text of a literal, None when it can't be told."""

    function: Ref
    arguments: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
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


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """PostgreSQL's parser refuses the statement; ``message`` is in its terms, ``span`` the token that it stops at."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A statement that is not understood. ``words`` are all names that it holds, folded: what it might have changed.

    ``dynamic`` is True when it runs SQL that it builds itself, so that no list of words can be whole. ``grants`` when all
    that it can have changed is who may do what.
    """

    reason: str
    span: Span
    words: frozenset[str] = frozenset()
    dynamic: bool = False
    grants: bool = False


ANYTHING = frozenset(
    {"create", "alter", "drop", "table", "function", "type", "constraint", "references", "row", "level", "security"}
    | {"storage", "buckets", "publication", "policy", "trigger", "view", "grant", "revoke", "add", "rename"}
)
"""The words by which rules ask what may have been done: with these, and ``dynamic``, a gap may have done anything."""


# --- DO blocks --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Operand:
    """A value that a guard compares with; ``kind`` says of what a name it is (``'public.t'::regclass`` is a relation).

    ``must`` is True for such a cast: unlike ``to_regclass('public.t')``, it fails where there is no such thing.
    """

    text: str
    kind: Literal["text", "relation", "type", "schema", "function", "pattern"] = "text"
    must: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A column of the system catalogue that has one of the values, or with ``negated`` none of them."""

    table: str
    column: str
    operands: tuple[Operand, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to the system catalogue: is there a row of ``table`` that passes every filter?

    ``exact`` is False where the query asks for more than could be read: then only the answer "no" is sure.
    """

    table: str
    filters: tuple[Filter, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Logic:
    """Conditions joined; ``not`` has one."""

    operator: Literal["and", "or", "not"]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A condition whose answer the text gives; None where it can't be told."""

    answer: bool | None


@dataclass(frozen=True, slots=True)
class IsThere:
    """Whether a look-up finds a row, or a variable is not NULL."""

    value: Lookup | Variable


Condition = Probe | Logic | Known | IsThere


@dataclass(frozen=True, slots=True)
class Branch:
    """``IF condition THEN steps``; ``relations`` are the tables that the condition reads, the system catalogue's left out."""

    condition: Condition
    steps: tuple[Step, ...]
    relations: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """IF … ELSIF … ELSE. ``words`` are all names within, for the case that no branch can be chosen."""

    branches: tuple[Branch, ...]
    otherwise: tuple[Step, ...]
    words: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class RowLoop:
    """FOR … IN SELECT … FROM the system catalogue: the body is read anew for each row.

    ``outputs`` are the names that a row has, each with the (table, column) it shows; ``values`` are the variables known
    before the loop, ``words`` all names within, for the case that the rows can't be told; ``grants`` as for a ``Gap``.
    """

    variable: str
    rows: Probe
    outputs: tuple[tuple[str, str, str], ...]
    body: Text
    values: tuple[tuple[str, str], ...]
    words: frozenset[str]
    span: Span
    grants: bool = False


@dataclass(frozen=True, slots=True)
class Handler:
    """``WHEN conditions THEN steps``; names of conditions or SQLSTATEs, ``others`` for all."""

    conditions: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """BEGIN … EXCEPTION … END."""

    steps: tuple[Step, ...]
    handlers: tuple[Handler, ...] = ()


@dataclass(frozen=True, slots=True)
class Raise:
    """RAISE EXCEPTION."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assign:
    """Variables of the block are set, all to the same; ``found`` is FOUND, NULL when nothing was."""

    names: tuple[str, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Return:
    """RETURN: the block ends here."""


@dataclass(frozen=True, slots=True)
class DoBlock:
    """DO with a body in plpgsql. ``opaque`` when it may put rows anywhere that its steps do not show.

    ``followed`` when its steps show all that its variables are set to.
    """

    body: Block
    opaque: bool = True
    followed: bool = False


Event = (
    CreateTable
    | AlterTable
    | Rename
    | SetSchema
    | Drop
    | CreateSchema
    | CreateIndex
    | CreateSequence
    | OwnSequence
    | CreateView
    | CreateType
    | AlterType
    | AlterDomain
    | CreateRule
    | AddEnumValue
    | CreateFunction
    | AlterRoutine
    | CreatePolicy
    | AlterPolicy
    | CreateTrigger
    | CreateEventTrigger
    | CreateExtension
    | Publish
    | PutBucket
    | ChangeBucket
    | Grant
    | ChangeRoles
    | SetSearchPath
    | CheckBodies
    | ExposeSchemas
    | Transaction
    | Need
    | SyntaxFault
    | Gap
    | DoBlock
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, from its first token to its last, and what it does. ``kind`` is for people: ``create table``."""

    kind: str
    span: Span
    event: Event


Step = Statement | Choice | RowLoop | Block | Assign | Raise | Return


@dataclass(frozen=True, slots=True)
class SqlFacts:
    """All that one SQL file does, in order."""

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
