"""What a statement would bring into being, by name: to tell cause from consequence, and early from late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.model.catalog import Missing
from analyzer.model.events import (
    AddColumn,
    AddConstraint,
    AlterTable,
    Block,
    Choice,
    ConstraintDef,
    CreateFunction,
    CreateIndex,
    CreatePolicy,
    CreateSchema,
    CreateTable,
    CreateType,
    CreateView,
    DoBlock,
    Event,
    Publish,
    PutBucket,
    Ref,
    Rename,
    SetSchema,
    Statement,
    Step,
    SyntaxFault,
    Turns,
)

# The publication whose tables Realtime listens to.
REALTIME = "supabase_realtime"


def creations(event: Event) -> Iterator[tuple[Missing, Ref | None]]:
    """Every object and column that the statement makes, as it would be missed; ``schema`` is None where the path decides.

    A bucket is one of `storage`; a table that is put into the publication for Realtime is told as a "publication".

    The second of each pair is the name as the statement writes it, None for a column.
    """
    if isinstance(event, CreateTable):
        yield Missing("relation", event.table.schema, event.table.name), event.table
        yield from _columns(event.table, (column.name for column in event.columns))
        yield from _kinds(event)
    elif isinstance(event, CreateView):
        yield Missing("relation", event.view.schema, event.view.name), event.view
    elif isinstance(event, CreateType):
        yield Missing("type", event.type.schema, event.type.name), event.type
    elif isinstance(event, CreateFunction):
        yield Missing("function", event.function.schema, event.function.name), event.function
    elif isinstance(event, CreateSchema):
        yield Missing("schema", None, event.name), Ref(None, event.name, event.span)
    elif isinstance(event, AlterTable):
        added = (action.column.name for action in event.actions if isinstance(action, AddColumn))
        yield from _columns(event.table, added)
        yield from _kinds(event)
    elif isinstance(event, CreateIndex):
        yield from _index(event)
    elif isinstance(event, CreatePolicy):
        yield Missing("policy", event.table.schema, event.table.name, event.name), None
    elif isinstance(event, PutBucket):
        yield from ((Missing("bucket", "storage", name), None) for name in _buckets(event))
    elif isinstance(event, Publish):
        told = event.tables if event.publication == REALTIME and event.action != "drop" else ()
        yield from ((Missing("publication", each.schema, each.name), each) for each in told)
    elif isinstance(event, Rename):
        yield from _renamed(event)
    elif isinstance(event, SetSchema) and event.kind in _RELATIONS:
        yield Missing("relation", event.schema, event.target.name), event.target


def _buckets(event: PutBucket) -> Iterator[str]:
    """The ids that are written out."""
    ids = (dict(row.values).get("id") for row in event.rows)
    return (each for each in ids if isinstance(each, str))


def attempts(event: Event) -> Iterator[tuple[Missing, Ref | None]]:
    """As ``creations``, with what DO blocks make under any condition, and what a statement would that cannot be parsed."""
    if isinstance(event, SyntaxFault):
        yield from ((Missing("relation", each.schema, each.name), each) for each in event.relations)
        yield from ((Missing("function", each.schema, each.name), each) for each in event.functions)
    elif isinstance(event, DoBlock):
        for statement in _within((event.body,)):
            yield from creations(statement.event)
    else:
        yield from creations(event)


def _within(steps: Iterable[Step]) -> Iterator[Statement]:
    """Every statement of a block, its conditions aside."""
    for step in steps:
        if isinstance(step, Statement):
            yield step
        elif isinstance(step, Block):
            yield from _within((*step.steps, *(each for handler in step.handlers for each in handler.steps)))
        elif isinstance(step, Choice):
            yield from _within((*(each for branch in step.branches for each in branch.steps), *step.otherwise))
        elif isinstance(step, Turns):
            yield from _within(each for turn in step.turns for each in turn)


_RELATIONS = frozenset(("table", "view", "materialized view", "foreign table"))


def _index(event: CreateIndex) -> Iterator[tuple[Missing, None]]:
    if event.name is not None:
        yield Missing("index", event.table.schema, event.name), None
    if event.unique:
        yield Missing("constraint", event.table.schema, event.table.name, "unique"), None


def _columns(table: Ref, names: Iterator[str]) -> Iterator[tuple[Missing, None]]:
    for name in names:
        yield Missing("column", table.schema, table.name, name), None


def _kinds(event: Event) -> Iterator[tuple[Missing, None]]:
    """What kinds of constraint the statement adds to its table: few have a name that anybody could miss."""
    for table, constraint in _constraints(event):
        yield Missing("constraint", table.schema, table.name, constraint.kind), None


def _renamed(event: Rename) -> Iterator[tuple[Missing, Ref | None]]:
    if event.kind in _RELATIONS:
        yield Missing("relation", event.target.schema, event.new_name), event.target
    elif event.kind == "column":
        yield from _columns(event.target, iter((event.new_name,)))
    elif event.kind in ("type", "function"):
        kind = "type" if event.kind == "type" else "function"
        yield Missing("type" if kind == "type" else "function", event.target.schema, event.new_name), event.target
    elif event.kind == "schema":
        yield Missing("schema", None, event.new_name), event.target


def foreign_keys(event: Event) -> Iterator[tuple[Ref, ConstraintDef]]:
    """Every foreign key that the statement declares, with the table that it stands on."""
    for table, constraint in _constraints(event):
        if constraint.kind == "foreign key" and constraint.target is not None:
            yield table, constraint


def _constraints(event: Event) -> Iterator[tuple[Ref, ConstraintDef]]:
    if isinstance(event, CreateTable):
        for column in event.columns:
            yield from ((event.table, each) for each in column.constraints)
        yield from ((event.table, each) for each in event.constraints)
    elif isinstance(event, AlterTable):
        for action in event.actions:
            if isinstance(action, AddConstraint):
                yield event.table, action.constraint
            elif isinstance(action, AddColumn):
                yield from ((event.table, each) for each in action.column.constraints)
