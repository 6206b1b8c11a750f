"""What the schema is, after the migrations: objects known by a number, so that a rename changes one thing.

Like PostgreSQL's own catalogue, everything that points at an object holds its ``Oid`` and a column's number, never a
name. Objects are frozen; a change replaces the value under its oid. Names live in the ``names`` maps alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct, field

from analyzer.model.access import Access
from analyzer.model.events import ConstraintKind, OnDelete, PolicyCommand, Text
from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.model.span import Place

Oid = int
ColumnNumber = int

RelationKind = Literal["table", "view", "materialized_view", "foreign_table", "partitioned_table", "sequence"]
TABLE_LIKE: frozenset[RelationKind] = frozenset(("table", "foreign_table", "partitioned_table"))
QUERYABLE: frozenset[RelationKind] = TABLE_LIKE | {"view", "materialized_view"}


class TypeUse(Record, frozen=True):
    """A type at a column or argument: a built-in by its ``format_type`` name, or a type of the catalogue by ``oid``."""

    name: str
    oid: Oid | None = None
    modifier: str = ""
    dimensions: int = 0


UNKNOWN_TYPE = TypeUse("unknown")


class Schema(Record, frozen=True):
    """A schema; ``managed`` when Supabase or an extension brought it."""

    oid: Oid
    name: str
    managed: bool = False
    place: Place | None = None


class Column(Record, frozen=True):
    """A column. ``number`` never changes and is never used again within its relation.

    ``default`` and ``generated`` are SQL as written, and ``needs`` the functions and types that they rely on. ``base`` is
    the table column that a view's column shows. ``recast`` when the default was given to a column of another type.
    """

    number: ColumnNumber
    name: str
    type: TypeUse
    nullable: bool = True
    default: str | None = None
    generated: str | None = None
    identity: Literal["always", "by default"] | None = None
    place: Place | None = None
    base: tuple[Oid, ColumnNumber] | None = None
    needs: frozenset[Oid] = frozenset()
    recast: bool = False


class Constraint(Record, frozen=True):
    """A constraint. ``target_columns`` pair with ``columns`` and ``index`` keeps a key; ``needs`` as for a column."""

    name: str
    kind: ConstraintKind
    columns: tuple[ColumnNumber, ...] = ()
    target: Oid | None = None
    target_columns: tuple[ColumnNumber, ...] = ()
    on_delete: OnDelete = "no action"
    index: Oid | None = None
    expression: str | None = None
    place: Place | None = None
    needs: frozenset[Oid] = frozenset()
    no_inherit: bool = False


class Policy(Record, frozen=True):
    """A row level security policy.

    ``uses`` are the relations and columns that its expressions name, ``needs`` the functions and types.
    """

    name: str
    command: PolicyCommand
    permissive: bool
    roles: tuple[str, ...]
    using: str | None
    check: str | None
    place: Place
    uses: frozenset[tuple[Oid, ColumnNumber]] = frozenset()
    needs: frozenset[Oid] = frozenset()


class Trigger(Record, frozen=True):
    """A trigger; ``function`` is its function's oid. One ``each_row`` of a partitioned table is on its partitions, too.

    ``uses`` are the columns of UPDATE OF and WHEN.
    """

    name: str
    function: Oid
    timing: Literal["before", "after", "instead of"]
    events: tuple[str, ...]
    place: Place | None = None
    each_row: bool = False
    cloned: bool = False
    uses: frozenset[ColumnNumber] = frozenset()


class Rule(Record, frozen=True):
    """A rewrite rule; ``instead`` when it replaces the command."""

    name: str
    command: Literal["select", "insert", "update", "delete"]
    instead: bool


class Relation(Record, frozen=True):
    """A table, view or sequence.

    ``open`` means that it may hold columns which are not listed here (a managed table, or one made by a statement that
    was not understood): nothing can be missing from it. ``uses`` are what a view's query reads, as (relation, column),
    with column 0 for the relation as a whole, ``needs`` the functions and types in it. ``owner`` is the column that a
    sequence belongs to. ``source`` is what a view selects from
    when that is all that it does: one table or view, nothing grouped or cut.
    """

    oid: Oid
    schema: Oid
    name: str
    kind: RelationKind
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    policies: tuple[Policy, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    rls: bool = False
    managed: bool = False
    open: bool = False
    place: Place | None = None
    parents: tuple[Oid, ...] = ()
    partition_of: Oid | None = None
    query: Text | None = None
    uses: frozenset[tuple[Oid, ColumnNumber]] = frozenset()
    options: tuple[tuple[str, str | None], ...] = ()
    owner: tuple[Oid, ColumnNumber] | None = None
    next_number: ColumnNumber = 1
    needs: frozenset[Oid] = frozenset()
    rules: tuple[Rule, ...] = ()
    source: Oid | None = None
    of_type: Oid | None = None
    parted_by: tuple[ColumnNumber | None, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        for column in self.columns:  # asked so often that a generator would be felt
            if column.name == name:
                return column
        return None

    def numbered(self, number: ColumnNumber) -> Column | None:
        """The column of that number, None once dropped."""
        return next((column for column in self.columns if column.number == number), None)

    def constraint(self, name: str) -> Constraint | None:
        """The constraint of that name."""
        return next((constraint for constraint in self.constraints if constraint.name == name), None)

    @property
    def security_invoker(self) -> bool:
        """True for a view that runs with the rights of whoever asks it."""
        return (dict(self.options).get("security_invoker") or "").lower() in ("true", "on", "yes", "1", "tru", "t")

    @property
    def primary_key(self) -> Constraint | None:
        """The primary key, if it has one."""
        return next((each for each in self.constraints if each.kind == "primary key"), None)

    def names_of(self, numbers: Iterable[ColumnNumber]) -> tuple[str, ...]:
        """The names of columns given by number."""
        by_number = {column.number: column.name for column in self.columns}
        return tuple(by_number[number] for number in numbers if number in by_number)


class Index(Record, frozen=True):
    """An index; ``columns`` are its keys, None for an expression, and ``uses`` and ``needs`` all that it relies on.

    ``parent`` is the index of the partitioned table that a partition's is part of. ``labels`` are the names of the keys,
    from which copies are named. ``alone`` is one of a partitioned table that the partitions of then did not get.
    """

    oid: Oid
    schema: Oid
    name: str
    relation: Oid
    columns: tuple[ColumnNumber | None, ...]
    unique: bool = False
    partial: bool = False
    constraint: bool = False
    uses: frozenset[ColumnNumber] = frozenset()
    place: Place | None = None
    needs: frozenset[Oid] = frozenset()
    parent: Oid | None = None
    labels: tuple[str, ...] = ()
    alone: bool = False


class Type(Record, frozen=True):
    """An enum, composite, domain or range type; ``checks`` are a domain's. Row types of relations are not listed here."""

    oid: Oid
    schema: Oid
    name: str
    kind: Literal["enum", "composite", "domain", "range", "base", "shell"]
    labels: tuple[str, ...] = ()
    attributes: tuple[Column, ...] = ()
    base: TypeUse | None = None
    managed: bool = False
    place: Place | None = None
    checks: tuple[Constraint, ...] = ()


class Parameter(Record, frozen=True):
    """One argument of a function, after its types were resolved."""

    name: str | None
    type: TypeUse
    mode: Literal["in", "out", "inout", "variadic", "table"] = "in"
    default: bool = False


class Function(Record, frozen=True):
    """A function, procedure or aggregate. ``open`` when its arguments are not known (a managed one).

    ``needs`` are the functions that an aggregate works with; ``volatility`` is empty where it is not known.
    """

    oid: Oid
    schema: Oid
    name: str
    parameters: tuple[Parameter, ...] = ()
    returns: TypeUse | None = None
    returns_set: bool = False
    procedure: bool = False
    language: str = ""
    security_definer: bool = False
    settings: tuple[tuple[str, str], ...] = ()
    body: Text | None = None
    managed: bool = False
    open: bool = False
    place: Place | None = None
    aggregate: bool = False
    needs: frozenset[Oid] = frozenset()
    volatility: str = ""

    @property
    def signature(self) -> tuple[TypeUse, ...]:
        """The types of its input arguments, by which overloads differ (modifiers do not count)."""
        return tuple(TypeUse(p.type.name, p.type.oid, "", p.type.dimensions) for p in self.inputs())

    def inputs(self) -> Iterator[Parameter]:
        """The arguments that a caller gives."""
        return (p for p in self.parameters if p.mode in ("in", "inout", "variadic"))


class Bucket(Record, frozen=True):
    """A row of ``storage.buckets``."""

    id: str
    public: bool
    place: Place | None = None


class Publication(Record, frozen=True):
    """A logical replication publication."""

    name: str
    tables: tuple[Oid, ...] = ()
    all_tables: bool = False
    schemas: tuple[str, ...] = ()
    managed: bool = False


class Departed(Record, frozen=True):
    """A name that stood for something once. ``successor`` is what was renamed or moved, None when it was dropped."""

    kind: Literal["relation", "column", "function", "type"]
    schema: str
    name: str
    how: Literal["dropped", "renamed", "moved"]
    place: Place
    of: Oid | None = None
    successor: Oid | None = None
    column: ColumnNumber | None = None
    created: Place | None = None


class Missing(Record, frozen=True):
    """What a statement needed and did not find: a name as PostgreSQL would say it, qualified where it can be."""

    kind: Literal[
        "relation",
        "column",
        "type",
        "schema",
        "function",
        "constraint",
        "policy",
        "index",
        "bucket",
        "publication",
        "other",
    ]
    schema: str | None
    name: str
    column: str | None = None


class Failure(Record, frozen=True):
    """A statement that PostgreSQL would refuse.

    ``place`` is the whole statement, ``at`` the words at fault. ``cause`` is the position in ``Replay.failures`` of the
    failure without which this one would not be, None for a cause of its own.
    """

    place: Place
    at: Place
    kind: str
    sqlstate: str
    message: str
    missing: Missing | None = None
    cause: int | None = None


class Want(Record, frozen=True):
    """A name in a migration that stands for nothing when its statement runs.

    ``failure`` is the position of the statement in ``Replay.failures``; ``later`` is where a later statement creates it;
    ``source`` says what wants it (``public.campaigns.persona_id``), empty when it is no foreign key.
    """

    place: Place
    missing: Missing
    failure: int
    source: str = ""
    later: Place | None = None


class BrokenBody(Record, frozen=True):
    """A relation that a function's body names, and that is not there in the end; ``schema`` is as the body writes it."""

    function: Oid
    place: Place
    missing: Missing


class Hidden(Record, frozen=True):
    """A CREATE TABLE IF NOT EXISTS that did nothing: where, and over which relation.

    ``columns`` are those that it lists and that the relation lacked then (with None), or had of another type: with the
    type that it lists, as ``format_type`` spells it.
    """

    place: Place
    relation: Oid
    columns: tuple[tuple[str, str | None], ...]


_MOVING = frozenset(("rename", "schema", "cascade"))


class Unread(Record, frozen=True):
    """A statement that was not understood, and the names that it holds: whatever it names, it may have changed.

    ``dynamic`` when it builds SQL of its own, so that the words can't be all. ``makes`` are the kinds of objects of which it
    may have created any: an extension that is not known brings types and functions.
    """

    place: Place
    reason: str
    words: frozenset[str]
    dynamic: bool = False
    makes: frozenset[str] = frozenset()

    def explains(self, name: str, *verbs: str) -> bool:
        """True when it may have done this to the object: it names it and says so, or builds SQL that holds all these words.

        The first of the words is what was done; the same can come of a renaming, or of a move to another schema.
        """
        if self.dynamic and self.words.issuperset(verbs):
            return True
        return name in self.words and (not verbs or verbs[0] in self.words or not _MOVING.isdisjoint(self.words))

    def brings(self, *verbs: str) -> bool:
        """True when it may have created any object of this kind, as ``create type`` names it."""
        return verbs[:1] == ("create",) and verbs[-1] in self.makes


class Catalog(Struct, array_like=True):
    """Every object by oid, and the maps from names to oids. Changed by ``sql.replay`` alone, through its journal."""

    schemas: dict[Oid, Schema] = field(default_factory=dict)
    relations: dict[Oid, Relation] = field(default_factory=dict)
    indexes: dict[Oid, Index] = field(default_factory=dict)
    types: dict[Oid, Type] = field(default_factory=dict)
    functions: dict[Oid, Function] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)
    schema_names: dict[str, Oid] = field(default_factory=dict)
    relation_names: dict[tuple[Oid, str], Oid] = field(default_factory=dict)
    type_names: dict[tuple[Oid, str], Oid] = field(default_factory=dict)
    function_names: dict[tuple[Oid, str], tuple[Oid, ...]] = field(default_factory=dict)
    departed: dict[int, Departed] = field(default_factory=dict)
    access: dict[Oid, Access] = field(default_factory=dict)

    def relation(self, schema: str, name: str) -> Relation | None:
        """The relation (not an index) of that name in that schema."""
        oid = self.relation_names.get((self.schema_names.get(schema, 0), name))
        return self.relations.get(oid) if oid is not None else None

    def functions_named(self, schema: str, name: str) -> tuple[Function, ...]:
        """Every overload of that name in that schema."""
        oids = self.function_names.get((self.schema_names.get(schema, 0), name), ())
        return tuple(self.functions[oid] for oid in oids)

    def writable(self, relation: Relation, command: Literal["insert", "update", "delete"]) -> bool | None:
        """Whether it takes the command; None where that can't be told.

        A table takes all, a view what it passes on: by itself, or by a trigger or a rule.
        """
        if relation.kind in TABLE_LIKE:
            return True
        instead = any(each.timing == "instead of" and command in each.events for each in relation.triggers)
        if instead or any(each.instead and each.command == command for each in relation.rules):
            return True
        if relation.kind == "view" and (relation.open or relation.managed):
            return None
        if relation.kind != "view" or relation.source not in self.relations:
            return False
        shows = command == "delete" or any(each.base for each in relation.columns)
        return shows and self.writable(self.relations[relation.source], command)

    def may(self, oid: Oid, role: str, privilege: str, column: ColumnNumber = 0) -> bool | None:
        """Whether a role holds a privilege on a relation, function or schema; None where it can't be told. See ``Access``."""
        access = self.access.get(oid)
        return access.may(role, privilege, column) if access is not None else None

    def privileges(self, oid: Oid, role: str) -> frozenset[str] | None:
        """What a role may do with a relation, function or schema (``select``, …); None where that can't be told."""
        access = self.access.get(oid)
        return access.privileges(role) if access is not None else None

    def schema_of(self, thing: Relation | Index | Type | Function) -> str:
        """The name of the schema that it lives in."""
        return self.schemas[thing.schema].name

    def qualified(self, thing: Relation | Index | Type | Function) -> str:
        """``schema.name``, as messages say it."""
        return f"{self.schema_of(thing)}.{thing.name}"

    def indexes_of(self, relation: Oid) -> tuple[Index, ...]:
        """The indexes of a table, in order of creation."""
        return tuple(index for index in self.indexes.values() if index.relation == relation)

    def spell(self, use: TypeUse) -> str:
        """The type as ``format_type`` spells it, with the schema always said."""
        name = use.name
        if use.oid in self.types:
            name = _dotted(self.schema_of(self.types[use.oid]), self.types[use.oid].name)
        elif use.oid in self.relations:
            name = _dotted(self.schema_of(self.relations[use.oid]), self.relations[use.oid].name)
        if use.modifier and name.startswith(("timestamp", "time ")):
            first, _, rest = name.partition(" ")
            name = f"{first}{use.modifier} {rest}"
        else:
            name += use.modifier
        return name + "[]" * bool(use.dimensions)

    def history(self, kind: str, schema: str, name: str) -> tuple[Departed, ...]:
        """What once had this name, oldest first."""
        return tuple(
            gone for gone in self.departed.values() if (gone.kind, gone.schema, gone.name) == (kind, schema, name)
        )


def _dotted(schema: str, name: str) -> str:
    return f"{quoted(schema)}.{quoted(name)}"


def quoted(name: str) -> str:
    """The identifier as PostgreSQL prints it: in double quotes when it has to be."""
    plain = name.isascii() and name.replace("_", "a").replace("$", "a").isalnum() and name == name.lower()
    if plain and not name[0].isdigit() and name[0] != "$":
        return name
    return '"' + name.replace('"', '""') + '"'


class Replay(Record, frozen=True):
    """The catalogue after every migration, and how it went.

    ``failures`` are the statements refused when each failing one is skipped and the rest applied, in order.
    ``first_failure`` is what ``supabase db reset`` would stop at. ``lost`` maps what a failing statement would have made
    (schema always said) to that failure's position. ``wants`` are the names that stood for nothing. ``statements`` counts
    all. ``broken`` are the bodies that will not run, ``hidden`` the tables that were not made since one was there, and
    ``problems``, by path, what could not be replayed. ``exposed`` are the schemas that the API serves by a setting of
    the role that it connects as; None without one.
    """

    catalog: Catalog
    failures: tuple[Failure, ...] = ()
    first_failure: Failure | None = None
    unread: tuple[Unread, ...] = ()
    wants: tuple[Want, ...] = ()
    lost: dict[Missing, int] = field(default_factory=dict)
    statements: int = 0
    broken: tuple[BrokenBody, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()
    hidden: tuple[Hidden, ...] = ()
    exposed: tuple[str, ...] | None = None

    @property
    def clean(self) -> bool:
        """True when every migration applies from an empty database."""
        return self.first_failure is None
