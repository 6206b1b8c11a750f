"""ATTACH and DETACH PARTITION, and what may be a parent at all."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from analyzer.model.catalog import Relation
from analyzer.model.events import AttachPartition, CreateTable, Ref
from analyzer.sql.columns import same_type
from analyzer.sql.inheritance import descendants, hand_down, hand_down_to_all
from analyzer.sql.state import Refusal, State


def refuse_parents(event: CreateTable, parents: Sequence[Relation]) -> None:
    """42809 for what has no children of this kind, 42P07 for a parent that is named twice."""
    for at, (ref, parent) in enumerate(zip(event.inherits, parents, strict=True)):
        if parent.oid in {each.oid for each in parents[:at]}:
            message = f'relation "{parent.name}" would be inherited from more than once'
            raise Refusal("42P07", message, ref.span)
    for ref, parent in zip(event.inherits, parents, strict=True):
        if parent.open:
            continue
        if parent.kind == "partitioned_table":
            raise Refusal("42809", f'cannot inherit from partitioned table "{parent.name}"', ref.span)
        if parent.partition_of is not None:
            raise Refusal("42809", f'cannot inherit from partition "{parent.name}"', ref.span)
        if parent.kind not in ("table", "foreign_table"):
            raise Refusal("42809", f'inherited relation "{parent.name}" is not a table or foreign table', ref.span)


def need_partitioned(relation: Relation, ref: Ref, sqlstate: str = "42809") -> None:
    """Refuse what has no partitions."""
    if relation.kind != "partitioned_table" and not relation.open:
        raise Refusal(sqlstate, f'table "{relation.name}" is not partitioned', ref.span)


def attach(state: State, relation: Relation, action: AttachPartition) -> None:
    """ATTACH or DETACH PARTITION."""
    need_partitioned(relation, action.partition)
    partition = state.need_relation(action.partition)
    if action.attach:
        if not (relation.open or partition.open):
            _refuse_misfit(state, relation, partition, action.partition)
        state.change(partition, partition_of=relation.oid)
        state.parents.add(relation.oid)
        _share_identity(state, partition, relation)
        hand_down(state, partition, relation)
        hand_down_to_all(state, partition)
    else:
        _detach(state, relation, partition, action.partition)


def _share_identity(state: State, partition: Relation, whole: Relation) -> None:
    for column in whole.columns:
        own = partition.column(column.name)
        if own is not None and column.identity is not None:
            state.change_column(partition, own.number, identity=column.identity)


def _detach(state: State, relation: Relation, partition: Relation, ref: Ref) -> None:
    if partition.partition_of != relation.oid and not (relation.open or partition.open):
        message = f'relation "{partition.name}" is not a partition of relation "{relation.name}"'
        raise Refusal("42P01", message, ref.span)
    own = tuple(each for each in partition.triggers if not each.cloned)
    columns = tuple(replace(each, identity=None) for each in partition.columns)
    state.change(partition, partition_of=None, triggers=own, columns=columns)
    for index in state.catalog.indexes_of(partition.oid):
        state.journal.put(state.catalog.indexes, index.oid, replace(index, parent=None))


def _refuse_misfit(state: State, whole: Relation, part: Relation, ref: Ref) -> None:
    """What keeps a table from being a partition, in PostgreSQL's order: its kind, then columns, then checks."""
    if part.kind not in ("table", "partitioned_table", "foreign_table"):
        message = f'ALTER action ATTACH PARTITION cannot be performed on relation "{part.name}"'
        raise Refusal("42809", message, ref.span)
    if part.partition_of is not None:
        raise Refusal("42809", f'"{part.name}" is already a partition', ref.span)
    if part.of_type is not None:
        raise Refusal("42809", "cannot attach a typed table as partition", ref.span)
    if part.parents:
        raise Refusal("42809", "cannot attach inheritance child as partition", ref.span)
    below = descendants(state, part)
    if part.kind == "table" and below:
        raise Refusal("42809", "cannot attach inheritance parent as partition", ref.span)
    if whole.oid in {part.oid, *(each.oid for each in below)}:
        raise Refusal("42P07", f'circular inheritance: "{part.name}" is a child of itself', ref.span)
    _refuse_columns(whole, part, ref)
    refuse_missing_checks(whole, part, ref)


def refuse_missing_checks(whole: Relation, part: Relation, ref: Ref) -> None:
    """42804 for a child without one of the checks that it would inherit."""
    for check in (each for each in whole.constraints if each.kind == "check" and not each.no_inherit):
        own = part.constraint(check.name)
        if own is None or own.kind != "check":
            raise Refusal("42804", f'child table is missing constraint "{check.name}"', ref.span)


def _refuse_columns(whole: Relation, part: Relation, ref: Ref) -> None:
    for column in part.columns:
        if column.identity is not None:
            message = f'table "{part.name}" being attached contains an identity column "{column.name}"'
            raise Refusal("55000", message, ref.span)
        if whole.column(column.name) is None:
            message = f'table "{part.name}" contains column "{column.name}" not found in parent "{whole.name}"'
            raise Refusal("42804", message, ref.span)
    refuse_missing_columns(whole, part, ref)


def refuse_missing_columns(whole: Relation, part: Relation, ref: Ref) -> None:
    """42804 for a child without one of the columns that it would inherit, or with another than that."""
    for column in whole.columns:
        own = part.column(column.name)
        if own is None:
            raise Refusal("42804", f'child table is missing column "{column.name}"', ref.span)
        if not same_type(own.type, column.type) or own.type.modifier != column.type.modifier:
            message = f'child table "{part.name}" has different type for column "{column.name}"'
            raise Refusal("42804", message, ref.span)
        if own.nullable and not column.nullable:
            message = f'column "{column.name}" in child table "{part.name}" must be marked NOT NULL'
            raise Refusal("42804", message, ref.span)
