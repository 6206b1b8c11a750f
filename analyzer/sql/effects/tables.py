"""CREATE TABLE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from analyzer.model.catalog import Column, Hidden, Oid, Relation, Type
from analyzer.model.events import (
    ColumnDef,
    ConstraintDef,
    CreateTable,
    Like,
    Ref,
)
from analyzer.model.span import Span
from analyzer.sql.columns import (
    default_text,
    enter_column,
    own_sequence,
    refuse_system_name,
    refuse_two_defaults,
    resolve_column,
    same_type,
)
from analyzer.sql.composites import need_type, row_type
from analyzer.sql.inheritance import copy_constraints, copy_keys, hand_down, inherit
from analyzer.sql.keys import add_constraints
from analyzer.sql.partitions import need_partitioned, refuse_parents
from analyzer.sql.resolve import Resolved
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_column, vet_query
from analyzer.sql.watching import secure


@dataclass(slots=True)
class _Draft:
    """A table before it is there: its columns with what defines them, those of its parents and of LIKE among them."""

    columns: list[tuple[Column, ColumnDef | None]] = field(default_factory=list)
    open: bool = False

    def names(self) -> set[str]:
        return {column.name for column, _ in self.columns}


def create_table(state: State, event: CreateTable, span: Span) -> None:
    """CREATE TABLE: the query, types and sources first, then keys, parents and names, as PostgreSQL checks."""
    selected = vet_query(state, event.reads, event.query)
    schema = state.creation_schema(event.table, temporary=event.temporary)
    existing = state.catalog.relation_names.get((schema, event.table.name))
    if event.if_not_exists and existing is not None and not state.imagined(existing):
        _hide(state, event, existing)
        return
    draft = _drafted(state, event)
    of_type = _composite(state, event.of_type) if event.of_type else None
    if of_type is not None:
        draft.columns.extend((replace(each, base=None), None) for each in of_type.attributes)
        draft.open |= of_type.kind != "composite"
    parents = [state.need_relation(parent) for parent in event.inherits]
    whole = state.need_relation(event.partition_of) if event.partition_of else None
    refuse_parents(event, parents)
    inherited = [*parents, *([whole] if whole else [])]
    _refuse_key_columns(event, draft, [state.catalog.relations[each.oid] for each in inherited])
    if event.query is None:
        _refuse_columns(draft)
    _refuse_name(state, schema, event)
    if whole is not None and event.partition_of is not None:
        need_partitioned(whole, event.partition_of, "42P17")
    relation = _enter_table(state, event, schema, tuple(parent.oid for parent in parents), whole)
    _fill(state, relation, draft, inherited)
    _part(state, relation, event)
    for like in event.likes:
        _copy_like(state, relation, like)
    if selected is not None:
        _refuse_selected(selected, event)
        _add_selected(state, relation, selected, event)
    _override(state, relation, event)
    if of_type is not None:
        state.change(relation, of_type=of_type.oid)
    add_constraints(state, relation, [*_inline(event), *event.constraints])
    for parent in inherited:
        state.parents.add(parent.oid)
        hand_down(state, relation, parent)
    secure(state, relation, "create table" if event.query is None else "create table as")


def _hide(state: State, event: CreateTable, existing: Oid) -> None:
    """Remember what the statement lists and does not make."""
    relation = state.catalog.relations.get(existing)
    if relation is None or event.query is not None:
        return
    hidden = tuple(found for each in event.columns for found in _unlike(state, relation, each))
    if hidden:
        state.hidden.append(Hidden(state.place(event.table.span), existing, hidden))
        state.journal.on_undo(state.hidden.pop)


def _unlike(state: State, relation: Relation, definition: ColumnDef) -> Iterator[tuple[str, str | None]]:
    there = relation.column(definition.name)
    if there is None:
        yield definition.name, None
        return
    try:
        listed = state.catalog.spell(resolve_column(state, definition).type)
    except Refusal:
        return
    if listed != state.catalog.spell(there.type):
        yield definition.name, listed


def _inline(event: CreateTable) -> list[ConstraintDef]:
    return [each for column in (*event.columns, *event.overrides) for each in column.constraints]


def _composite(state: State, ref: Ref) -> Type | None:
    """The type that a typed table is of; None when it can't be known."""
    type_ = need_type(state, ref)
    if type_ is None and row_type(state, ref) is not None:
        raise Refusal("42809", f"type {ref} is the row type of another table", ref.span)
    if type_ is not None and type_.kind not in ("composite", "base"):
        raise Refusal("42809", f"type {ref} is not a composite type", ref.span)
    return type_


def _override(state: State, relation: Relation, event: CreateTable) -> None:
    """What a typed table or a partition says of columns that it did not list itself."""
    for definition in event.overrides:
        column = state.need_column(relation, definition.name, definition.span)
        default = default_text(definition.default, column.type)
        nullable = column.nullable and not definition.not_null
        state.change_column(relation, column.number, nullable=nullable, default=default or column.default)


def _drafted(state: State, event: CreateTable) -> _Draft:
    """The columns in the order of the text, LIKE in its place."""
    draft = _Draft()
    elements: list[ColumnDef | Like] = [*event.columns, *event.likes]
    for element in sorted(elements, key=_written_at) if event.likes else elements:
        if isinstance(element, ColumnDef):
            refuse_two_defaults(element, event.table.name)
            draft.columns.append((resolve_column(state, element), element))
        else:
            source = _like_source(state, element)
            draft.open |= source.open
            draft.columns.extend((_like_column(column, element.including), None) for column in source.columns)
    return draft


def _written_at(element: ColumnDef | Like) -> int:
    return (element.span if isinstance(element, ColumnDef) else element.source.span).start


def _like_source(state: State, like: Like) -> Relation:
    source = state.need_relation(like.source)
    if source.kind == "sequence":
        raise Refusal("42809", f'relation "{source.name}" is invalid in LIKE clause', like.source.span)
    return source


def _refuse_key_columns(event: CreateTable, draft: _Draft, parents: list[Relation]) -> None:
    """42703 for a key over columns that are not listed, 42P16 for a second primary key: both before anything is made."""
    if draft.open or event.query is not None or any(each.open for each in parents):
        return
    known = draft.names() | {column.name for parent in parents for column in parent.columns}
    keys = [each for each in (*_inline(event), *event.constraints) if each.kind in ("primary key", "unique")]
    if sum(each.kind == "primary key" for each in keys) > 1:
        raise Refusal(
            "42P16", f'multiple primary keys for table "{event.table.name}" are not allowed', event.table.span
        )
    for key in keys:
        for name in (*key.columns, *key.include):
            if name not in known:
                raise Refusal("42703", f'column "{name}" named in key does not exist', key.span)


def _refuse_columns(draft: _Draft) -> None:
    """42701 for a name that is given twice, or that a system column has."""
    seen: set[str] = set()
    for column, definition in draft.columns:
        at = definition.span if definition else None
        if column.name in seen:
            raise Refusal("42701", f'column "{column.name}" specified more than once', at)
        seen.add(column.name)
    for column, definition in draft.columns:
        refuse_system_name(column.name, definition.span if definition else None)


def _refuse_name(state: State, schema: Oid, event: CreateTable) -> None:
    """42P07 when a relation has the name, 42710 when a type has it: a table is a type, too."""
    state.refuse_taken(schema, event.table.name, event.table.span)
    state.refuse_type_taken(schema, event.table.name, event.table.span)


def _fill(state: State, relation: Relation, draft: _Draft, parents: list[Relation]) -> None:
    for parent in parents:
        inherit(state, relation, parent)
    for column, definition in draft.columns:
        merged = state.catalog.relations[relation.oid].column(column.name)
        if merged is not None:
            _merge(state, relation, merged, column)
        elif definition is not None:
            enter_column(state, relation, column, definition)
        else:
            state.add_column(relation, column)
    if draft.open:
        state.change(relation, open=True)
    for _, definition in draft.columns:
        if definition is not None:
            vet_column(state, relation, definition)


def _merge(state: State, relation: Relation, inherited: Column, column: Column) -> None:
    """A column that a parent has is one with the parent's; its type must be the same."""
    if not same_type(inherited.type, column.type) and column.type.name != "unknown":
        raise Refusal("42804", f'column "{column.name}" has a type conflict')
    state.change_column(
        relation,
        inherited.number,
        nullable=inherited.nullable and column.nullable,
        default=column.default or inherited.default,
    )


def _enter_table(
    state: State, event: CreateTable, schema: Oid, parents: tuple[Oid, ...], whole: Relation | None
) -> Relation:
    return state.add_relation(
        Relation(
            state.new_oid(),
            schema,
            event.table.name,
            event.kind,
            place=state.place(event.table.span),
            parents=parents,
            partition_of=whole.oid if whole else None,
            open=event.open or event.query is not None,
        )
    )


def _part(state: State, relation: Relation, event: CreateTable) -> None:
    """Remember by which columns the table is parted; 42703 for one that it has not."""
    numbers: list[int | None] = []
    for name in event.parted_by:
        current = state.catalog.relations[relation.oid]
        column = current.column(name) if name is not None else None
        if name is not None and column is None and not current.open:
            raise Refusal("42703", f'column "{name}" named in partition key does not exist', event.table.span)
        numbers.append(column.number if column is not None else None)
    if numbers:
        state.change(state.catalog.relations[relation.oid], parted_by=tuple(numbers))


def _refuse_selected(selected: Resolved, event: CreateTable) -> None:
    """42601 for more names than columns, 42701 for a name that comes twice."""
    if selected.open:
        return
    if len(event.query_columns) > len(selected.columns):
        raise Refusal("42601", "too many column names were specified", event.table.span)
    names = [*event.query_columns, *(given.name for given in selected.columns[len(event.query_columns) :])]
    for name in names:
        if names.count(name) > 1:
            raise Refusal("42701", f'column "{name}" specified more than once', event.table.span)


def _add_selected(state: State, relation: Relation, selected: Resolved, event: CreateTable) -> None:
    names = (*event.query_columns, *(given.name for given in selected.columns[len(event.query_columns) :]))
    for name, given in zip(names, selected.columns, strict=False):
        state.add_column(relation, Column(0, name, given.type, place=state.place(event.table.span)))
    state.change(relation, open=selected.open)


def _copy_like(state: State, relation: Relation, like: Like) -> None:
    source = state.need_relation(like.source)
    if like.including & {"all", "identity"}:
        current = state.catalog.relations[relation.oid]
        for column in source.columns:
            if column.identity and (copied := current.column(column.name)):
                own_sequence(state, relation, copied)
    if like.including & {"all", "constraints"}:
        copy_constraints(state, relation, source, "check")
    if like.including & {"all", "indexes"}:
        copy_keys(state, relation, source)


def _like_column(column: Column, including: frozenset[str]) -> Column:
    everything = "all" in including
    return replace(
        column,
        default=column.default if everything or "defaults" in including else None,
        generated=column.generated if everything or "generated" in including else None,
        identity=column.identity if everything or "identity" in including else None,
        base=None,
    )


EFFECTS = {CreateTable: create_table}
