"""Statements as they follow one another, and those that hold others: schemas, functions, DO blocks."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.access import AlterPolicy, ChangeRoles, CreatePolicy, Grant
from analyzer.model.events.base import Ref, Text, TypeRef
from analyzer.model.events.data import ChangeBucket, Need, PutBucket, Value
from analyzer.model.events.names import Drop, Rename, SetSchema
from analyzer.model.events.objects import (
    AttachIndex,
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
from analyzer.model.record import Record, Variant
from analyzer.model.source import Problem
from analyzer.model.span import Span


class CreateSchema(Variant, frozen=True):
    """CREATE SCHEMA; ``owner`` is the role of AUTHORIZATION, ``elements`` are the statements within."""

    name: str
    span: Span
    if_not_exists: bool = False
    owner: str | None = None
    elements: tuple[Statement, ...] = ()


class Argument(Record, frozen=True):
    """One argument of a routine."""

    type: TypeRef
    name: str | None = None
    mode: Literal["in", "out", "inout", "variadic", "table"] = "in"
    default: Text | None = None


class CreateFunction(Variant, frozen=True):
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


OperandKind = Literal[
    "text", "relation", "type", "schema", "function", "pattern", "pattern, whatever the case", "regex", "longer"
]


class Operand(Record, frozen=True):
    """A value that a guard compares with; ``kind`` says of what a name it is (``'public.t'::regclass`` is a relation).

    Or it is what LIKE, ILIKE or ``~`` asks for, or a number of letters that is passed.
    ``must`` is True for such a cast: unlike ``to_regclass('public.t')``, it fails where there is no such thing.
    """

    text: str
    kind: OperandKind = "text"
    must: bool = False


class Filter(Record, frozen=True):
    """A column of the system catalogue that has one of the values, or with ``negated`` none of them."""

    table: str
    column: str
    operands: tuple[Operand, ...]
    negated: bool = False


class Probe(Variant, frozen=True):
    """A question to the system catalogue: is there a row of ``table`` that passes every filter?

    ``exact`` is False where the query asks for more than could be read: then only the answer "no" is sure.
    """

    table: str
    filters: tuple[Filter, ...]
    exact: bool = True


class Logic(Variant, frozen=True):
    """Conditions joined; ``not`` has one."""

    operator: Literal["and", "or", "not"]
    conditions: tuple[Condition, ...]


class Known(Variant, frozen=True):
    """A condition whose answer the text gives; None where it can't be told."""

    answer: bool | None


class IsThere(Variant, frozen=True):
    """Whether a look-up finds a row, or a variable is not NULL."""

    value: Value


Condition = Probe | Logic | Known | IsThere


class Branch(Record, frozen=True):
    """``IF condition THEN steps``; ``relations`` are the tables that the condition reads, the system catalogue's left out."""

    condition: Condition
    steps: tuple[Step, ...]
    relations: tuple[Ref, ...] = ()


class Choice(Variant, frozen=True):
    """IF … ELSIF … ELSE. ``words`` are all names within, for the case that no branch can be chosen."""

    branches: tuple[Branch, ...]
    otherwise: tuple[Step, ...]
    words: frozenset[str]
    span: Span


class RowLoop(Variant, frozen=True):
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


class Pick(Variant, frozen=True):
    """SELECT … INTO variables FROM the system catalogue: what follows it is read anew, with what the row holds.

    ``names`` are the variables, ``outputs`` what each is given, as for a ``RowLoop``; ``absent`` are those that are NULL.
    ``strict`` when there has to be a row.
    """

    names: tuple[str, ...]
    rows: Probe
    outputs: tuple[tuple[str, str, str], ...]
    rest: Text
    values: tuple[tuple[str, str], ...]
    absent: tuple[str, ...]
    strict: bool = False


class Turns(Variant, frozen=True):
    """A loop over a list that is written out: the steps of each of its turns."""

    turns: tuple[tuple[Step, ...], ...]


class Leave(Variant, frozen=True):
    """CONTINUE: this turn of the loop ends here; EXIT: the loop does, where ``whole``."""

    whole: bool


class Handler(Record, frozen=True):
    """``WHEN conditions THEN steps``; names of conditions or SQLSTATEs, ``others`` for all."""

    conditions: tuple[str, ...]
    steps: tuple[Step, ...]


class Block(Variant, frozen=True):
    """BEGIN … EXCEPTION … END."""

    steps: tuple[Step, ...]
    handlers: tuple[Handler, ...] = ()


class Raise(Variant, frozen=True):
    """RAISE EXCEPTION. ``sqlstate`` is None where it can't be told, and empty for what a handler raises again."""

    message: str
    span: Span
    sqlstate: str | None = None


class Assign(Variant, frozen=True):
    """Variables of the block are set, all to the same; ``found`` is FOUND, NULL when nothing was."""

    names: tuple[str, ...]
    value: Value


class Return(Variant, frozen=True):
    """RETURN: the block ends here."""


class DoBlock(Variant, frozen=True):
    """DO with a body in plpgsql. ``opaque`` when it may put rows anywhere that its steps do not show.

    ``followed`` when its steps show all that its variables are set to. ``declared`` are the types of its variables, as in
    ``CreateFunction``.
    """

    body: Block
    opaque: bool = True
    followed: bool = False
    declared: tuple[TypeRef | Ref, ...] = ()


Event = (
    CreateTable
    | AlterTable
    | Rename
    | SetSchema
    | Drop
    | CreateSchema
    | CreateIndex
    | AttachIndex
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


class Statement(Variant, frozen=True):
    """One statement, from its first token to its last, and what it does. ``kind`` is for people: ``create table``."""

    kind: str
    span: Span
    event: Event


Step = Statement | Choice | RowLoop | Pick | Turns | Leave | Block | Assign | Raise | Return


class SqlFacts(Record, frozen=True):
    """All that one SQL file does, in order."""

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
