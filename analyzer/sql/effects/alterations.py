"""ALTER TABLE, action by action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from analyzer.model.catalog import Column, Relation, RelationKind, TypeUse
from analyzer.model.events import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    AttachPartition,
    DropColumn,
    DropConstraint,
    Inherit,
    NeedConstraint,
    NeedPart,
    OfType,
    OtherAction,
    OwnerTo,
    SetOptions,
    SetRls,
    TableAction,
)
from analyzer.model.span import Span
from analyzer.sql.assigning import refuse_cast
from analyzer.sql.columns import (
    default_text,
    enter_column,
    is_literal,
    own_sequence,
    refuse_column_taken,
    refuse_system_name,
    refuse_two_defaults,
    resolve_column,
    same_type,
)
from analyzer.sql.inheritance import (
    children,
    descendants,
    hand_down_to_all,
    inherit,
    refuse_inherited,
    refuse_inherited_check,
)
from analyzer.sql.keys import add_constraint, add_constraints, refuse_parted_keys
from analyzer.sql.lexer import lex
from analyzer.sql.needs import needs_of
from analyzer.sql.parents import change_parents, change_type
from analyzer.sql.partitions import attach
from analyzer.sql.presence import refuse_other_kind
from analyzer.sql.removal import drop_column, drop_constraint, drop_own_sequence
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_column, vet_default, vet_expression


def alter_table(state: State, event: AlterTable, span: Span) -> None:
    """ALTER TABLE: drops first, then type changes, then new columns, then the rest, as PostgreSQL orders its passes."""
    if event.if_exists and state.find_relation(event.table) is None:
        return
    relation = state.need_relation(event.table)
    refuse_other_kind(relation, event.kind, event.table)
    refuse_wrong_actions(state, relation, event)
    for action in sorted(event.actions, key=_pass):
        _ACTIONS[type(action)](state, state.catalog.relations[relation.oid], action)


def refuse_wrong_actions(state: State, relation: Relation, event: AlterTable) -> None:
    """42809 for what this kind of relation does not have."""
    for action in event.actions:
        if relation.partition_of is not None and isinstance(action, AddColumn) and not action.if_not_exists:
            raise Refusal("42809", "cannot add column to a partition", event.table.span)
        if relation.of_type is not None and isinstance(action, (AddColumn, DropColumn)):
            what = "add column to" if isinstance(action, AddColumn) else "drop column from"
            raise Refusal("42809", f"cannot {what} typed table", event.table.span)
    if event.only:
        _refuse_only(state, relation, event)
    for action in event.actions:
        if relation.kind not in _fitting(action):
            message = f'ALTER action cannot be performed on relation "{relation.name}"'
            raise Refusal("42809", message, event.table.span)


def _refuse_only(state: State, relation: Relation, event: AlterTable) -> None:
    """42P16 for what the children would have to get, too; a foreign key of a partitioned table is for all of it."""
    below = bool(children(state, relation))
    for action in event.actions:
        if isinstance(action, AddConstraint) and action.constraint.kind == "foreign key":
            if relation.kind == "partitioned_table":
                message = f'cannot use ONLY for foreign key on partitioned table "{relation.name}"'
                raise Refusal("42809", message, event.table.span)
        elif isinstance(action, AlterColumn) and action.not_null:
            if any(own.nullable for child in children(state, relation) if (own := child.column(action.column))):
                raise Refusal("42P16", "constraint must be added to child tables too", action.span)
        elif isinstance(action, AddColumn) and below and relation.column(action.column.name) is None:
            state.resolve_type(action.column.type)
            raise Refusal("42P16", "column must be added to child tables too", event.table.span)


_TABLES: tuple[RelationKind, ...] = ("table", "partitioned_table")
_WITH_COLUMNS: tuple[RelationKind, ...] = (*_TABLES, "foreign_table")


def _fitting(action: TableAction) -> tuple[RelationKind, ...]:
    """The kinds of relation that the action can be performed on."""
    if isinstance(action, SetRls):
        return _TABLES
    if isinstance(action, AlterColumn) and (action.default is not None or action.drop == "default"):
        return (*_WITH_COLUMNS, "view")
    if isinstance(action, (AddColumn, DropColumn, AlterColumn, AddConstraint, DropConstraint)):
        return _WITH_COLUMNS
    if isinstance(action, Inherit):
        return _WITH_COLUMNS
    if isinstance(action, OfType):
        return _TABLES
    return get_args(RelationKind)


def _pass(action: TableAction) -> int:
    if isinstance(action, DropColumn | DropConstraint):
        return 0
    if isinstance(action, AlterColumn) and (action.drop is not None or action.not_null is False):
        return 0
    if isinstance(action, AlterColumn) and action.type is not None:
        return 1
    return 2 if isinstance(action, AddColumn) else 3


def _add_column(state: State, relation: Relation, action: AddColumn) -> None:
    if action.if_not_exists and relation.column(action.column.name) is not None:
        return
    refuse_two_defaults(action.column, relation.name)
    refuse_column_taken(state, relation, action.column)
    column = resolve_column(state, action.column)
    refuse_system_name(column.name, action.column.span)
    enter_column(state, relation, column, action.column)
    vet_column(state, relation, action.column)
    add_constraints(state, relation, action.column.constraints)
    for child in children(state, relation):
        own = child.column(column.name)
        if own is not None and not child.open and not same_type(own.type, column.type):
            message = f'child table "{child.name}" has different type for column "{column.name}"'
            raise Refusal("42804", message, action.column.span)
        if own is not None and not column.nullable:
            state.change_column(child, own.number, nullable=False)
        inherit(state, child, relation)
    hand_down_to_all(state, relation)


def _drop_column(state: State, relation: Relation, action: DropColumn) -> None:
    column = relation.column(action.column)
    if column is None and action.if_exists:
        return
    found = column or state.need_column(relation, action.column, action.span)
    refuse_inherited(state, relation, found.name, "drop", action.span)
    if found.number in relation.parted_by:
        raise _in_partition_key("drop", found, relation, action.span)
    for child in descendants(state, relation):
        own = state.catalog.relations[child.oid].column(found.name)
        if own is not None:
            drop_column(state, state.catalog.relations[child.oid], own, action.span, cascade=action.cascade)
    drop_column(state, relation, found, action.span, cascade=action.cascade)


def _in_partition_key(verb: str, column: Column, relation: Relation, at: Span) -> Refusal:
    message = (
        f'cannot {verb} column "{column.name}" because it is part of the partition key of relation "{relation.name}"'
    )
    return Refusal("42P16", message, at)


def _alter_column(state: State, relation: Relation, action: AlterColumn, *, recursing: bool = False) -> None:
    if not action.adds and (action.identity is not None or action.drop == "identity"):
        _refuse_identity_of_part(relation, action)
    column = state.need_column(relation, action.column, action.span)
    fields: dict[str, Any] = {}
    if action.type is not None:
        use = state.resolve_type(action.type)
        if not recursing:
            refuse_inherited(state, relation, column.name, "alter", action.span)
        if column.number in relation.parted_by:
            raise _in_partition_key("alter", column, relation, action.span)
        if not action.using and not state.explained(relation.name, "type"):
            _refuse_no_cast(state, column, use, action.span)
        if column.default is not None and not column.recast and is_literal(state, column.default, column.type):
            _refuse_no_cast(state, column, use, action.span, default=True)
        if not state.explained(relation.name, "type"):
            refuse_cast(state, column, action.using)
        _refuse_used(state, relation, column, action)
        refuse_parted_keys(state, relation, column, use, action.span)
        fields |= {"type": use, "recast": column.default is not None}
    if action.default is not None:
        default = action.default
        known = column if not state.explained(relation.name, "type") else None
        _refuse_identity(relation, column, action)
        vet_expression(state, (default,), lambda: vet_default(state, default, known))
        fields |= {"default": default_text(action.default, column.type), "recast": False}
        fields["needs"] = needs_of(state, action.default)
    if action.not_null is not None:
        _refuse_nullable_key(state, relation, column, action, recursing=recursing)
        fields["nullable"] = not action.not_null
    if action.identity is not None or action.drop == "identity":
        _alter_identity(state, relation, column, action)
        return
    if action.drop == "expression":
        if not recursing:
            refuse_inherited(state, relation, column.name, "drop generation expression from", action.span)
        _refuse_no_expression(state, relation, column, action)
    if action.drop == "default":
        _refuse_identity(relation, column, action)
    if action.drop is not None:
        fields |= {{"expression": "generated"}.get(action.drop, action.drop): None, "needs": frozenset()}
    if fields:
        state.change_column(relation, column.number, **fields)
    if fields.keys() & {"type", "nullable", "default", "generated"} and not action.only:
        for child in children(state, relation):
            if state.catalog.relations[child.oid].column(column.name) is not None:
                _alter_column(state, state.catalog.relations[child.oid], action, recursing=True)


def _refuse_identity(relation: Relation, column: Column, action: AlterColumn) -> None:
    """42601 for the default of a column that has its values from a sequence of its own."""
    if column.identity is not None:
        message = f'column "{column.name}" of relation "{relation.name}" is an identity column'
        raise Refusal("42601", message, action.span)


def _refuse_no_expression(state: State, relation: Relation, column: Column, action: AlterColumn) -> None:
    """55000 where there is nothing to drop."""
    known = not relation.open and not state.explained_column(relation, column.name)
    if column.generated is None and known and not action.if_exists:
        message = f'column "{column.name}" of relation "{relation.name}" is not a generated column'
        raise Refusal("55000", message, action.span)


def _refuse_identity_of_part(relation: Relation, action: AlterColumn) -> None:
    if relation.partition_of is not None:
        raise Refusal("42P16", "cannot change identity of a column of a partition", action.span)


def _alter_identity(state: State, relation: Relation, column: Column, action: AlterColumn) -> None:
    """ADD, SET or DROP of an identity, with the sequence that comes and goes with it; 55000 where it does not fit."""
    said = f'column "{column.name}" of relation "{relation.name}" is'
    known = not relation.open and not state.explained_column(relation, column.name)
    if action.adds and known and column.type.name not in ("smallint", "integer", "bigint"):
        raise Refusal("22023", "identity column type must be smallint, integer, or bigint", action.span)
    _refuse_identity_of_part(relation, action)
    if action.only and relation.kind == "partitioned_table":
        raise Refusal("42P16", "cannot change identity of a column of only the partitioned table", action.span)
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
    for each in (relation, *(descendants(state, relation) if relation.kind == "partitioned_table" else ())):
        if (own := each.column(column.name)) is not None:
            state.change_column(each, own.number, identity=action.identity)


def _refuse_nullable_key(
    state: State, relation: Relation, column: Column, action: AlterColumn, *, recursing: bool
) -> None:
    key = relation.primary_key
    if not action.not_null and key is not None and column.number in key.columns:
        raise Refusal("42P16", f'column "{column.name}" is in a primary key', action.span)
    whole = state.catalog.relations.get(relation.partition_of or 0)
    above = whole.column(column.name) if whole is not None and not recursing else None
    if not action.not_null and above is not None and not above.nullable:
        raise Refusal("42P16", f'column "{column.name}" is marked NOT NULL in parent table', action.span)


_STRINGS = frozenset(("text", "character varying", "character", "name", '"char"'))
_JSON = frozenset(("json", "jsonb"))
_APART = frozenset(("uuid", "boolean", *_JSON))  # nothing else becomes one of these by itself, nor do they


def _refuse_no_cast(state: State, column: Column, use: TypeUse, at: Span, *, default: bool = False) -> None:
    """42804 for values that do not become those of the new type without USING, which is for the rows and not the default."""
    if not _becomes(state, column.type, use):
        said = f'default for column "{column.name}"' if default else f'column "{column.name}"'
        message = f"{said} cannot be cast automatically to type {state.catalog.spell(use)}"
        raise Refusal("42804", message, at)


def _becomes(state: State, before: TypeUse, use: TypeUse) -> bool:
    """False where no value of the one type becomes one of the other by itself; whatever it is, text can be made of it."""
    if (
        before.dimensions
        or before.name == "unknown"
        or use.dimensions
        or use.name in _STRINGS
        or same_type(before, use)
    ):
        return True
    types = state.catalog.types
    kinds = {types[oid].kind if oid in types else "" for oid in (before.oid, use.oid) if oid is not None}
    if kinds:
        return not kinds <= {"enum", "composite"}
    if {before.name, use.name} <= _JSON:
        return True
    return before.name not in _STRINGS and before.name not in _APART and use.name not in _APART


def _refuse_used(state: State, relation: Relation, column: Column, action: AlterColumn) -> None:
    """0A000 for a column that something was made from which keeps its type; 42611 for USING of a generated one."""
    use = (relation.oid, column.number)
    tables = state.catalog.relations.values()
    reasons = (
        (any(use in each.uses for each in tables), "used by a view or rule"),
        (any(_is_generated_from(each, column.name) for each in relation.columns), "used by a generated column"),
        (any(column.number in each.uses for each in relation.triggers), "used in a trigger definition"),
        (any(use in policy.uses for each in tables for policy in each.policies), "used in a policy definition"),
    )
    if column.generated is not None and action.using:
        raise Refusal("42611", "cannot specify USING when altering type of generated column", action.span)
    for used, how in reasons:
        if used and not state.explained(relation.name, "drop"):
            raise Refusal("0A000", f"cannot alter type of a column {how}", action.span)


def _is_generated_from(column: Column, name: str) -> bool:
    return column.generated is not None and any(
        token.kind in ("word", "quoted") and token.value == name for token in lex(column.generated).tokens
    )


def _add_constraint(state: State, relation: Relation, action: AddConstraint) -> None:
    definition = action.constraint
    add_constraint(state, relation, definition, alone=action.only)
    below = children(state, relation)
    if action.only and below and definition.kind == "check" and not definition.no_inherit:
        raise Refusal("42P16", "constraint must be added to child tables too", definition.span)
    if definition.kind == "primary key":
        _make_keys_not_null(state, relation, definition.columns)
    hand_down_to_all(state, relation)


def _make_keys_not_null(state: State, relation: Relation, names: Iterable[str]) -> None:
    """A primary key makes its columns NOT NULL in the children, too."""
    for child in descendants(state, relation):
        for own in [each for each in child.columns if each.name in names and each.nullable]:
            state.change_column(child, own.number, nullable=False)


def _drop_constraint(state: State, relation: Relation, action: DropConstraint) -> None:
    constraint = relation.constraint(action.name)
    if constraint is not None:
        refuse_inherited_check(state, relation, constraint, action.span, "drop")
        index = state.catalog.indexes.get(constraint.index or 0)
        if index is not None and index.parent in state.catalog.indexes:
            message = f'cannot drop inherited constraint "{action.name}" of relation "{relation.name}"'
            raise Refusal("42P16", message, action.span)
        for child in descendants(state, relation) if constraint.kind in ("check", "foreign key") else ():
            own = state.catalog.relations[child.oid].constraint(action.name)
            if own is not None:
                drop_constraint(state, state.catalog.relations[child.oid], own, action.span, cascade=action.cascade)
        drop_constraint(state, relation, constraint, action.span, cascade=action.cascade)
    elif not action.if_exists and not relation.open:
        _need_constraint(state, relation, NeedConstraint(action.name, action.span))


def _need_constraint(state: State, relation: Relation, action: NeedConstraint) -> None:
    if relation.constraint(action.name) is None and not relation.open and not state.explained(action.name, "add"):
        message = f'constraint "{action.name}" of relation "{relation.name}" does not exist'
        raise Refusal("42704", message, action.span)


def _need_part(state: State, relation: Relation, action: NeedPart) -> None:
    if action.kind == "index":
        names = [index.name for index in state.catalog.indexes_of(relation.oid)]
    else:
        names = [each.name for each in (relation.triggers if action.kind == "trigger" else relation.rules)]
    if action.name not in names and not relation.open and not state.explained(action.name, "create", action.kind):
        message = f'{action.kind} "{action.name}" for table "{relation.name}" does not exist'
        raise Refusal("42704", message, action.span)


def _set_rls(state: State, relation: Relation, action: SetRls) -> None:
    state.change(relation, rls=action.enabled)


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
    NeedPart: _need_part,
    SetRls: _set_rls,
    AttachPartition: attach,
    Inherit: change_parents,
    OfType: change_type,
    SetOptions: _set_options,
    OwnerTo: _owner,
    OtherAction: _nothing,
}


EFFECTS = {AlterTable: alter_table}
