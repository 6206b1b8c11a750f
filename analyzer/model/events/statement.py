"""Statements as they follow one another, and those that hold others: schemas, functions, DO blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyzer.model.events.access import AlterPolicy, ChangeRoles, CreatePolicy, Grant
from analyzer.model.events.base import Ref, Text, TypeRef
from analyzer.model.events.data import ChangeBucket, Lookup, Need, PutBucket, Value, Variable
from analyzer.model.events.names import Drop, Rename, SetSchema
from analyzer.model.events.objects import (
    CheckBodies,
    CreateEventTrigger,
    CreateExtension,
    CreateIndex,
    CreateRule,
    CreateSequence,
    CreateView,
    ExposeSchemas,
    OwnSequence,
    Publish,
    SetSearchPath,
    Transaction,
)
from analyzer.model.events.routines import AlterRoutine, CreateTrigger
from analyzer.model.events.tables import AlterTable, CreateTable
from analyzer.model.events.types import AddEnumValue, AlterDomain, AlterType, CreateType
from analyzer.model.events.unread import Gap, SyntaxFault
from analyzer.model.source import Problem
from analyzer.model.span import Span


@dataclass(frozen=True, slots=True)
class CreateSchema:
    """CREATE SCHEMA; ``owner`` is the role of AUTHORIZATION, ``elements`` are the statements within."""

    name: str
    span: Span
    if_not_exists: bool = False
    owner: str | None = None
    elements: tuple[Statement, ...] = ()


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
