"""Tables that get their columns from others: children by INHERITS, and partitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from analyzer.model.catalog import ColumnNumber, Constraint, Index, Relation
from analyzer.model.events import ConstraintKind
from analyzer.model.span import Span
from analyzer.sql.columns import free_name
from analyzer.sql.keys import joined, numbered
from analyzer.sql.state import Refusal, State

_LABELS = {"primary key": "pkey", "unique": "key", "exclude": "excl"}


def inherit(state: State, relation: Relation, parent: Relation) -> None:
    """Add the parent's columns that the table has not."""
    source = state.catalog.relations[parent.oid]
    part = relation.partition_of == parent.oid
    own = {column.name for column in state.catalog.relations[relation.oid].columns}
    for column in source.columns:
        if column.name not in own:
            state.add_column(relation, column if part else replace(column, identity=None))
    if source.open:
        state.change(relation, open=True)


def refuse_inherited(state: State, relation: Relation, name: str, verb: str, at: Span) -> None:
    """42P16 for a column that a parent has."""
    parents = (*relation.parents, *([relation.partition_of] if relation.partition_of else []))
    for oid in parents:
        parent = state.catalog.relations.get(oid)
        if parent is not None and parent.column(name) is not None:
            raise Refusal("42P16", f'cannot {verb} inherited column "{name}"', at)


def refuse_inherited_check(state: State, relation: Relation, check: Constraint, at: Span, verb: str) -> None:
    """42P16 for a check that a parent has, too."""
    above = (*relation.parents, *([relation.partition_of] if relation.partition_of else []))
    for parent in (state.catalog.relations.get(oid) for oid in above):
        own = parent.constraint(check.name) if parent is not None else None
        if check.kind == "check" and own is not None and own.kind == "check" and not own.no_inherit:
            message = f'cannot {verb} inherited constraint "{check.name}" of relation "{relation.name}"'
            raise Refusal("42P16", message, at)


def children(state: State, relation: Relation) -> list[Relation]:
    """The tables that inherit from this one, and its partitions."""
    if relation.oid not in state.parents:
        return []
    return [
        each
        for each in state.catalog.relations.values()
        if relation.oid in each.parents or each.partition_of == relation.oid
    ]


def descendants(state: State, relation: Relation) -> list[Relation]:
    """The children and theirs, those further down first."""
    return [each for child in children(state, relation) for each in (*descendants(state, child), child)]


def hand_down(state: State, relation: Relation, parent: Relation, *, new: bool = True) -> None:
    """Give a child the parent's checks, and a partition its keys, indexes and foreign keys, too.

    A ``new`` one gets those indexes, too, that were made for the parent alone.
    """
    copy_constraints(state, relation, parent, "check", handed=True)
    if state.catalog.relations[relation.oid].partition_of == parent.oid:
        copy_keys(state, relation, parent, part=True, alone=new)
        _clone_triggers(state, relation, parent)
        copy_constraints(state, relation, parent, "foreign key")


def hand_down_to_all(state: State, parent: Relation) -> None:
    """The same for all that there are, and for theirs, after the parent got something new."""
    for child in children(state, parent):
        hand_down(state, child, state.catalog.relations[parent.oid], new=False)
        hand_down_to_all(state, child)


def _numbers(source: Relation, target: Relation) -> dict[ColumnNumber, ColumnNumber]:
    """The columns of one table by those of the other that have the same names."""
    pairs = ((each.number, target.column(each.name)) for each in source.columns)
    return {number: column.number for number, column in pairs if column is not None}


def copy_constraints(
    state: State, relation: Relation, source: Relation, kind: ConstraintKind, *, handed: bool = False
) -> None:
    """Checks or foreign keys under the same names, where the table has none of that name; NO INHERIT is not ``handed`` down."""
    for constraint in state.catalog.relations[source.oid].constraints:
        if handed and constraint.no_inherit:
            continue
        current = state.catalog.relations[relation.oid]
        if constraint.kind == kind and current.constraint(constraint.name) is None:
            numbers = _numbers(source, current)
            columns = tuple(numbers[each] for each in constraint.columns if each in numbers)
            state.change(current, constraints=(*current.constraints, replace(constraint, columns=columns)))


def _clone_triggers(state: State, relation: Relation, parent: Relation) -> None:
    """42710 where the partition has one of the name that is none of the whole's."""
    for trigger in state.catalog.relations[parent.oid].triggers:
        current = state.catalog.relations[relation.oid]
        own = next((each for each in current.triggers if each.name == trigger.name), None)
        if not trigger.each_row or (own is not None and own.cloned):
            continue
        if own is not None:
            message = f'trigger "{trigger.name}" for relation "{current.name}" already exists'
            raise Refusal("42710", message, trigger.place.span if trigger.place else None)
        state.change(current, triggers=(*current.triggers, replace(trigger, cloned=True)))


def copy_keys(state: State, relation: Relation, source: Relation, *, part: bool = False, alone: bool = True) -> None:
    """Indexes with the keys that they keep, under names of their own; ``part`` for a partition, which may have them already."""
    source = state.catalog.relations[source.oid]
    for index in state.catalog.indexes_of(source.oid):
        kept = next((each for each in source.constraints if each.index == index.oid), None)
        if (index.alone and not alone) or (part and _adopted(state, relation, source, index)):
            continue
        target = state.catalog.relations[relation.oid]
        if part and kept is not None and kept.kind == "primary key" and target.primary_key is not None:
            raise Refusal("42P16", f'multiple primary keys for table "{target.name}" are not allowed')
        _copy_index(state, relation, source, index, kept, part=part)


def _adopted(state: State, relation: Relation, source: Relation, index: Index) -> bool:
    """True when the partition has an index like it, which is now part of the whole's."""
    numbers = _numbers(source, state.catalog.relations[relation.oid])
    wanted = tuple(numbers.get(each) if each is not None else None for each in index.columns)
    for own in state.catalog.indexes_of(relation.oid):
        if own.parent == index.oid:
            return True
        alike = (
            own.columns == wanted and None not in wanted and (own.unique, own.partial) == (index.unique, index.partial)
        )
        if own.parent is None and alike and own.constraint >= index.constraint:
            state.journal.put(state.catalog.indexes, own.oid, replace(own, parent=index.oid))
            return True
    return False


def _labels(index: Index, names: Mapping[ColumnNumber, str]) -> Iterator[str]:
    """What the keys are called: as the column, or as the expression's function was when the index was made."""
    for at, number in enumerate(index.columns):
        yield names[number] if number is not None else index.labels[at] if at < len(index.labels) else "expr"


def _copy_index(
    state: State, relation: Relation, source: Relation, index: Index, kept: Constraint | None, *, part: bool
) -> None:
    current = state.catalog.relations[relation.oid]
    numbers = _numbers(source, current)
    names = {column.number: column.name for column in source.columns}
    label = _LABELS[kept.kind] if kept is not None and kept.kind in _LABELS else "idx"
    labels = numbered(_labels(index, names))
    name = free_name(state, current.schema, current.name, "" if label == "pkey" else joined(labels), label)
    copy = replace(
        index,
        oid=state.new_oid(),
        schema=current.schema,
        name=name,
        relation=current.oid,
        columns=tuple(numbers.get(each) if each is not None else None for each in index.columns),
        uses=frozenset(numbers[each] for each in index.uses if each in numbers),
        parent=index.oid if part else None,
        alone=False,
    )
    state.add_index(copy)
    if kept is not None:
        columns = tuple(each for each in copy.columns if each is not None)
        constraint = replace(kept, name=name, columns=columns, index=copy.oid)
        state.change(current, constraints=(*current.constraints, constraint))
        if kept.kind == "primary key":
            for number in columns:
                state.change_column(current, number, nullable=False)
