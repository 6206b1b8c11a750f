"""ALTER TABLE … [NO] INHERIT and [NOT] OF: a table that is there already gets a parent or a type, or loses it."""

from __future__ import annotations

from itertools import zip_longest

from analyzer.model.catalog import Relation
from analyzer.model.events import Inherit, OfType, Ref
from analyzer.sql.columns import same_type
from analyzer.sql.composites import need_type, row_type
from analyzer.sql.inheritance import descendants, hand_down_to_all
from analyzer.sql.partitions import refuse_missing_checks, refuse_missing_columns
from analyzer.sql.state import Refusal, State


def change_parents(state: State, relation: Relation, action: Inherit) -> None:
    """INHERIT or NO INHERIT."""
    at = action.parent.span
    if relation.partition_of is not None:
        raise Refusal("42809", "cannot change inheritance of a partition", at)
    if action.on and relation.of_type is not None:
        raise Refusal("42809", "cannot change inheritance of typed table", at)
    if action.on and relation.kind == "partitioned_table":
        raise Refusal("42809", "cannot change inheritance of partitioned table", at)
    parent = state.need_relation(action.parent)
    if action.on:
        if not (parent.open or relation.open):
            _refuse_parent(state, relation, parent, action.parent)
        state.change(relation, parents=(*relation.parents, parent.oid))
        state.parents.add(parent.oid)
        return
    if parent.oid not in relation.parents and not (parent.open or relation.open):
        message = f'relation "{parent.name}" is not a parent of relation "{relation.name}"'
        raise Refusal("42P01", message, at)
    state.change(relation, parents=tuple(each for each in relation.parents if each != parent.oid))


def _refuse_parent(state: State, relation: Relation, parent: Relation, ref: Ref) -> None:
    if parent.kind not in ("table", "partitioned_table", "foreign_table"):
        raise Refusal("42809", f'ALTER action INHERIT cannot be performed on relation "{parent.name}"', ref.span)
    if parent.kind == "partitioned_table":
        raise Refusal("42809", f'cannot inherit from partitioned table "{parent.name}"', ref.span)
    if parent.partition_of is not None:
        raise Refusal("42809", "cannot inherit from a partition", ref.span)
    if parent.oid in {relation.oid, *(each.oid for each in descendants(state, relation))}:
        raise Refusal("42P07", "circular inheritance not allowed", ref.span)
    if parent.oid in relation.parents:
        raise Refusal("42P07", f'relation "{parent.name}" would be inherited from more than once', ref.span)
    refuse_missing_columns(parent, relation, ref)
    refuse_missing_checks(parent, relation, ref)


def change_type(state: State, relation: Relation, action: OfType) -> None:
    """OF or NOT OF."""
    if action.type is None:
        if relation.of_type is None and not relation.open:
            raise Refusal("42809", f'"{relation.name}" is not a typed table')
        state.change(relation, of_type=None)
        return
    type_, at = need_type(state, action.type), action.type.span
    if type_ is None and row_type(state, action.type) is not None:
        raise Refusal("42809", f"type {action.type} is the row type of another table", at)
    if type_ is None:
        return
    if type_.kind not in ("composite", "base"):
        raise Refusal("42809", f"type {action.type} is not a composite type", at)
    if relation.parents or relation.partition_of is not None:
        raise Refusal("42809", "typed tables cannot inherit", at)
    for wanted, own in zip_longest(type_.attributes, relation.columns):
        if relation.open or type_.kind != "composite":
            break
        if own is None:
            raise Refusal("42804", f'table is missing column "{wanted.name}"', at)
        if wanted is None:
            raise Refusal("42804", f'table has extra column "{own.name}"', at)
        if wanted.name != own.name:
            raise Refusal("42804", f'table has column "{own.name}" where type requires "{wanted.name}"', at)
        if not same_type(wanted.type, own.type) or wanted.type.modifier != own.type.modifier:
            raise Refusal("42804", f'table "{relation.name}" has different type for column "{own.name}"', at)
    state.change(relation, of_type=type_.oid)
    hand_down_to_all(state, relation)
