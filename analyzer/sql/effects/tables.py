"""CREATE TABLE, and ALTER TABLE action by action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from analyzer.model.catalog import Column, Oid, Relation, TypeUse
from analyzer.model.events import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    AttachPartition,
    ColumnDef,
    CreateTable,
    DropColumn,
    DropConstraint,
    Like,
    NeedConstraint,
    OtherAction,
    OwnerTo,
    SetOptions,
    SetRls,
    TableAction,
)
from analyzer.model.span import Span
from analyzer.sql.columns import (
    default_text,
    enter_column,
    free_name,
    own_sequence,
    refuse_system_name,
    refuse_two_defaults,
    resolve_column,
    same_type,
)
from analyzer.sql.keys import add_constraint, add_constraints, joined
from analyzer.sql.needs import needs_of
from analyzer.sql.presence import refuse_other_kind
from analyzer.sql.removal import drop_column, drop_constraint, drop_own_sequence
from analyzer.sql.resolve import Resolved, resolve_query
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_calls, vet_column, vet_default


@dataclass(slots=True)
class _Draft:
    """A table before it is there: its columns with what defines them, those of its parents and of LIKE among them."""

    columns: list[tuple[Column, ColumnDef | None]] = field(default_factory=list)
    open: bool = False

    def names(self) -> set[str]:
        return {column.name for column, _ in self.columns}


def create_table(state: State, event: CreateTable, span: Span) -> None:
    """CREATE TABLE: types and sources first, then keys, parents, the columns' names and the table's own, as PostgreSQL checks."""
    schema = state.creation_schema(event.table, temporary=event.temporary)
    existing = state.catalog.relation_names.get((schema, event.table.name))
    if event.if_not_exists and existing is not None and not state.imagined(existing):
        return
    draft = _drafted(state, event)
    selected = resolve_query(state, event.reads) if event.reads else None
    vet_calls(state, event.query)
    parents = [state.need_relation(parent) for parent in event.inherits]
    whole = state.need_relation(event.partition_of) if event.partition_of else None
    inherited = [*parents, *([whole] if whole else [])]
    _refuse_key_columns(event, draft, [state.catalog.relations[each.oid] for each in inherited])
    if event.query is None:
        _refuse_columns(draft)
    _refuse_name(state, schema, event)
    relation = _enter_table(state, event, schema, tuple(parent.oid for parent in parents), whole)
    _fill(state, relation, draft, inherited)
    for like in event.likes:
        _copy_like(state, relation, like)
    if selected is not None:
        _refuse_selected(selected, event)
        _add_selected(state, relation, selected, event)
    inline = [constraint for definition in event.columns for constraint in definition.constraints]
    add_constraints(state, relation, [*inline, *event.constraints])


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
    if draft.open or event.query is not None or event.of_type is not None or any(each.open for each in parents):
        return
    known = draft.names() | {column.name for parent in parents for column in parent.columns}
    inline = [constraint for column in event.columns for constraint in column.constraints]
    keys = [each for each in (*inline, *event.constraints) if each.kind in ("primary key", "unique")]
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
        _inherit(state, relation, parent)
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
            open=event.open or event.query is not None or event.of_type is not None,
        )
    )


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


def _inherit(state: State, relation: Relation, parent: Relation) -> None:
    source = state.catalog.relations[parent.oid]
    for column in source.columns:
        if state.catalog.relations[relation.oid].column(column.name) is None:
            state.add_column(relation, replace(column, identity=None))
    if source.open:
        state.change(relation, open=True)


def _copy_like(state: State, relation: Relation, like: Like) -> None:
    source = state.need_relation(like.source)
    if like.including & {"all", "identity"}:
        current = state.catalog.relations[relation.oid]
        for column in source.columns:
            if column.identity and (copied := current.column(column.name)):
                own_sequence(state, relation, copied)
    if like.including & {"all", "constraints"}:
        _copy_checks(state, relation, source)
    if like.including & {"all", "indexes"}:
        _copy_keys(state, relation, source)


def _like_column(column: Column, including: frozenset[str]) -> Column:
    everything = "all" in including
    return replace(
        column,
        default=column.default if everything or "defaults" in including else None,
        generated=column.generated if everything or "generated" in including else None,
        identity=column.identity if everything or "identity" in including else None,
        base=None,
    )


def _copy_checks(state: State, relation: Relation, source: Relation) -> None:
    for check in (each for each in source.constraints if each.kind == "check"):
        current = state.catalog.relations[relation.oid]
        numbers = tuple(column.number for name in source.names_of(check.columns) if (column := current.column(name)))
        state.change(current, constraints=(*current.constraints, replace(check, columns=numbers)))


def _copy_keys(state: State, relation: Relation, source: Relation) -> None:
    for index in state.catalog.indexes_of(source.oid):
        names = source.names_of(number for number in index.columns if number is not None)
        current = state.catalog.relations[relation.oid]
        numbers = tuple(column.number for name in names if (column := current.column(name)))
        kept_by = next((each for each in source.constraints if each.index == index.oid), None)
        label = {"primary key": "pkey", "unique": "key", None: "idx"}.get(kept_by.kind if kept_by else None, "excl")
        name = free_name(state, relation.schema, relation.name, "" if label == "pkey" else joined(names), label)
        copy = replace(index, oid=state.new_oid(), schema=relation.schema, name=name, relation=relation.oid)
        state.add_index(replace(copy, columns=numbers, uses=frozenset(numbers)))
        if kept_by is not None:
            constraint = replace(kept_by, name=name, columns=numbers, index=copy.oid)
            state.change(current, constraints=(*current.constraints, constraint))


# --- ALTER TABLE ------------------------------------------------------------------------------------------------------


def alter_table(state: State, event: AlterTable, span: Span) -> None:
    """ALTER TABLE: drops first, then type changes, then new columns, then the rest, as PostgreSQL orders its passes."""
    if event.if_exists and state.find_relation(event.table) is None:
        return
    relation = state.need_relation(event.table)
    refuse_other_kind(relation, event.kind, event.table)
    refuse_wrong_actions(relation, event)
    for action in sorted(event.actions, key=_pass):
        _ACTIONS[type(action)](state, state.catalog.relations[relation.oid], action)


def refuse_wrong_actions(relation: Relation, event: AlterTable) -> None:
    """42809 for what a sequence does not have."""
    if relation.kind != "sequence":
        return
    for action in event.actions:
        if isinstance(action, (AddColumn, DropColumn, AlterColumn, AddConstraint, DropConstraint, SetRls)):
            message = f'ALTER action cannot be performed on relation "{relation.name}"'
            raise Refusal("42809", message, event.table.span)


def _pass(action: TableAction) -> int:
    if isinstance(action, DropColumn | DropConstraint):
        return 0
    if isinstance(action, AlterColumn) and action.type is not None:
        return 1
    return 2 if isinstance(action, AddColumn) else 3


def _add_column(state: State, relation: Relation, action: AddColumn) -> None:
    if action.if_not_exists and relation.column(action.column.name) is not None:
        return
    refuse_two_defaults(action.column, relation.name)
    column = resolve_column(state, action.column)
    refuse_system_name(column.name, action.column.span)
    enter_column(state, relation, column, action.column)
    vet_column(state, relation, action.column)
    add_constraints(state, relation, action.column.constraints)
    for child in _children(state, relation):
        _inherit(state, child, relation)


def _children(state: State, relation: Relation) -> list[Relation]:
    return [
        each
        for each in state.catalog.relations.values()
        if relation.oid in each.parents or each.partition_of == relation.oid
    ]


def _drop_column(state: State, relation: Relation, action: DropColumn) -> None:
    column = relation.column(action.column)
    if column is None and action.if_exists:
        return
    found = column or state.need_column(relation, action.column, action.span)
    drop_column(state, relation, found, action.span, cascade=action.cascade)


def _alter_column(state: State, relation: Relation, action: AlterColumn) -> None:
    column = state.need_column(relation, action.column, action.span)
    fields: dict[str, Any] = {}
    if action.type is not None:
        use = state.resolve_type(action.type)
        _refuse_used_by_view(state, relation, column, action.span, use)
        fields["type"] = use
    if action.default is not None:
        vet_default(state, action.default)
        vet_calls(state, action.default)
        fields["default"] = default_text(action.default, column.type)
        fields["needs"] = needs_of(state, action.default)
    if action.not_null is not None:
        _refuse_nullable_key(relation, column, action)
        fields["nullable"] = not action.not_null
    if action.identity is not None or action.drop == "identity":
        _alter_identity(state, relation, column, action)
        return
    if action.drop is not None:
        fields |= {{"expression": "generated"}.get(action.drop, action.drop): None, "needs": frozenset()}
    if fields:
        state.change_column(relation, column.number, **fields)


def _alter_identity(state: State, relation: Relation, column: Column, action: AlterColumn) -> None:
    """ADD, SET or DROP of an identity, with the sequence that comes and goes with it; 55000 where it does not fit."""
    said = f'column "{column.name}" of relation "{relation.name}" is'
    known = not relation.open and not state.explained_column(relation, column.name)
    if action.adds:
        if known and column.identity is not None:
            raise Refusal("55000", f"{said} already an identity column", action.span)
        if known and column.nullable:
            message = f'column "{column.name}" of relation "{relation.name}" must be declared NOT NULL before identity can be added'
            raise Refusal("55000", message, action.span)
        own_sequence(state, relation, column, action.sequence)
    elif column.identity is None and known and not action.if_exists:
        raise Refusal("55000", f"{said} not an identity column", action.span)
    elif action.drop is not None:
        drop_own_sequence(state, relation, column, action.span)
    state.change_column(relation, column.number, identity=action.identity)


def _refuse_nullable_key(relation: Relation, column: Column, action: AlterColumn) -> None:
    key = relation.primary_key
    if not action.not_null and key is not None and column.number in key.columns:
        raise Refusal("42P16", f'column "{column.name}" is in a primary key', action.span)


def _refuse_used_by_view(state: State, relation: Relation, column: Column, at: Span, use: TypeUse) -> None:
    if same_type(column.type, use) and column.type.modifier == use.modifier:
        return
    if any((relation.oid, column.number) in view.uses for view in state.catalog.relations.values()):
        raise Refusal("0A000", "cannot alter type of a column used by a view or rule", at)


def _add_constraint(state: State, relation: Relation, action: AddConstraint) -> None:
    add_constraint(state, relation, action.constraint)


def _drop_constraint(state: State, relation: Relation, action: DropConstraint) -> None:
    constraint = relation.constraint(action.name)
    if constraint is not None:
        drop_constraint(state, relation, constraint, action.span, cascade=action.cascade)
    elif not action.if_exists and not relation.open:
        _need_constraint(state, relation, NeedConstraint(action.name, action.span))


def _need_constraint(state: State, relation: Relation, action: NeedConstraint) -> None:
    if relation.constraint(action.name) is None and not relation.open and not state.explained(action.name):
        message = f'constraint "{action.name}" of relation "{relation.name}" does not exist'
        raise Refusal("42704", message, action.span)


def _set_rls(state: State, relation: Relation, action: SetRls) -> None:
    state.change(relation, rls=action.enabled)


def _attach(state: State, relation: Relation, action: AttachPartition) -> None:
    partition = state.need_relation(action.partition)
    state.change(partition, partition_of=relation.oid if action.attach else None)


def _set_options(state: State, relation: Relation, action: SetOptions) -> None:
    options = dict(relation.options)
    for name, value in action.options:
        options.pop(name, None)
        if value is not None:
            options[name] = value
    state.change(relation, options=tuple(options.items()))


def _owner(state: State, relation: Relation, action: OwnerTo) -> None:
    state.need_role(action.role, None)


def _nothing(state: State, relation: Relation, action: OtherAction) -> None:
    """What was understood and changes nothing that we keep."""


_ACTIONS: dict[type, Callable[[State, Relation, Any], None]] = {
    AddColumn: _add_column,
    DropColumn: _drop_column,
    AlterColumn: _alter_column,
    AddConstraint: _add_constraint,
    DropConstraint: _drop_constraint,
    NeedConstraint: _need_constraint,
    SetRls: _set_rls,
    AttachPartition: _attach,
    SetOptions: _set_options,
    OwnerTo: _owner,
    OtherAction: _nothing,
}

EFFECTS = {CreateTable: create_table, AlterTable: alter_table}
