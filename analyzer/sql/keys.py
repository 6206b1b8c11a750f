"""Constraints: how they are named, what they need, and the index that keeps a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from analyzer.model.catalog import TABLE_LIKE, Column, Constraint, Index, Relation, TypeUse
from analyzer.model.events import ConstraintDef, Text
from analyzer.model.span import Span
from analyzer.sql.columns import free_name
from analyzer.sql.comparing import FAMILIES
from analyzer.sql.needs import needs_of
from analyzer.sql.operator_classes import refuse_classless
from analyzer.sql.state import NAME_BYTES, Refusal, State, object_name
from analyzer.sql.vetting import vet_columns, vet_expression

_ORDER = {"check": 0, "primary key": 1, "unique": 2, "exclude": 2, "foreign key": 3, "not null": 0}


def add_constraints(state: State, relation: Relation, definitions: Iterable[ConstraintDef]) -> None:
    """Add what CREATE TABLE or ADD COLUMN lists, in PostgreSQL's order: checks, keys (each once), foreign keys."""
    for definition in _merge_keys(sorted(definitions, key=lambda each: _ORDER[each.kind])):
        add_constraint(state, relation, definition)


def _merge_keys(definitions: Sequence[ConstraintDef]) -> list[ConstraintDef]:
    merged: list[ConstraintDef] = []
    for definition in definitions:
        twin = next((each for each in merged if _same_key(each, definition)), None)
        if twin is None:
            merged.append(definition)
        elif twin.name is None and definition.name is not None:
            merged[merged.index(twin)] = replace(twin, name=definition.name)
    return merged


def _same_key(one: ConstraintDef, other: ConstraintDef) -> bool:
    return other.kind == "unique" and one.kind in ("primary key", "unique") and one.columns == other.columns


def add_constraint(state: State, relation: Relation, definition: ConstraintDef, *, alone: bool = False) -> None:
    """Add one constraint to a table; refuses what PostgreSQL refuses: a taken name, missing columns, no key to refer to.

    A key that is ``alone`` is not for the partitions that there are.
    """
    if definition.using_index is not None:
        _adopt_index(state, relation, definition)
    elif definition.kind == "foreign key":
        _add_foreign_key(state, relation, definition)
    elif definition.kind == "not null":
        _add_not_null(state, relation, definition)
    elif definition.kind == "check":
        _add_check(state, relation, definition)
    else:
        _add_key(state, relation, definition, alone=alone and relation.kind == "partitioned_table")


# --- names ------------------------------------------------------------------------------------------------------------


def _constraint_name(state: State, relation: Relation, definition: ConstraintDef, middle: str, label: str) -> str:
    if definition.name is None:
        return _free_constraint_name(state, relation, middle, label)
    _refuse_taken(state, relation, definition.name, definition.span)
    return definition.name


def _refuse_taken(state: State, relation: Relation, name: str, at: Span) -> None:
    """42710 when the table has a constraint of that name, unless it may be gone: then the new one takes its place."""
    current = state.catalog.relations[relation.oid]
    taken = current.constraint(name)
    if taken is None:
        return
    if not state.may_be_gone(name, relation.name):
        raise Refusal("42710", f'constraint "{name}" for relation "{relation.name}" already exists', at)
    state.change(current, constraints=tuple(each for each in current.constraints if each is not taken))


def _free_constraint_name(state: State, relation: Relation, middle: str, label: str) -> str:
    number = 0
    name = object_name(relation.name, middle, label)
    while state.constraint_names.get((relation.schema, name)):
        number += 1
        name = object_name(relation.name, middle, f"{label}{number}")
    return name


def key_columns(state: State, relation: Relation, names: Iterable[str], at: Span, *, says: str = "") -> list[Column]:
    """The columns of a key by name; 42703 in the words that PostgreSQL has for keys."""
    found = []
    for name in names:
        column = state.catalog.relations[relation.oid].column(name)
        if column is None and says and not relation.open and not state.explained_column(relation, name):
            raise Refusal("42703", f'column "{name}" {says} does not exist', at)
        found.append(column or state.need_column(relation, name, at))
    return found


# --- kinds ------------------------------------------------------------------------------------------------------------


def _add_check(state: State, relation: Relation, definition: ConstraintDef) -> None:
    expression = definition.expression or Text("", definition.span)
    current = state.catalog.relations[relation.oid]
    vet_expression(state, (expression,), lambda: vet_columns(state, current, expression))
    named = dict.fromkeys(name for name in expression.names if current.column(name) is not None)
    middle = next(iter(named)) if len(named) == 1 else ""
    name = _constraint_name(state, relation, definition, middle, "check")
    if definition.no_inherit and current.kind == "partitioned_table":
        message = f'cannot add NO INHERIT constraint to partitioned table "{current.name}"'
        raise Refusal("42P16", message, definition.span)
    numbers = tuple(column.number for column in current.columns if column.name in named)
    _enter(
        state,
        relation,
        Constraint(
            name,
            "check",
            numbers,
            expression=expression.sql,
            place=state.place(definition.span),
            needs=needs_of(state, expression),
            no_inherit=definition.no_inherit,
        ),
    )


def _add_not_null(state: State, relation: Relation, definition: ConstraintDef) -> None:
    column = state.need_column(relation, definition.columns[0], definition.span)
    name = _constraint_name(state, relation, definition, column.name, "not_null")
    if column.nullable:
        place = state.place(definition.span)
        _enter(state, relation, Constraint(name, "not null", (column.number,), place=place))
        state.change_column(relation, column.number, nullable=False)


def _add_key(state: State, relation: Relation, definition: ConstraintDef, *, alone: bool = False) -> None:
    twice = next((name for name in definition.columns if definition.columns.count(name) > 1), None)
    if twice is not None and definition.kind != "exclude":
        raise Refusal("42701", f'column "{twice}" appears twice in {definition.kind} constraint', definition.span)
    columns = key_columns(state, relation, definition.columns, definition.span, says="named in key")
    included = key_columns(state, relation, definition.include, definition.span, says="named in key")
    if definition.kind == "primary key" and state.catalog.relations[relation.oid].primary_key is not None:
        message = f'multiple primary keys for table "{relation.name}" are not allowed'
        raise Refusal("42P16", message, definition.span)
    name = definition.name or _free_key_name(state, relation, definition)
    if definition.kind != "exclude":
        for column in columns:
            refuse_classless(state, column, "btree", definition.span)
    state.refuse_taken(relation.schema, name, definition.span)
    _refuse_taken(state, relation, name, definition.span)
    if definition.kind != "exclude":
        refuse_unparted_key(
            state.catalog.relations[relation.oid],
            [column.number for column in columns],
            definition.kind,
            definition.span,
        )
    index = Index(
        state.new_oid(),
        relation.schema,
        name,
        relation.oid,
        tuple(column.number for column in columns),
        unique=definition.kind != "exclude",
        constraint=True,
        uses=frozenset(column.number for column in (*columns, *included)),
        place=state.place(definition.span),
        alone=alone,
    )
    state.add_index(index)
    _enter_key(state, relation, definition, name, index)


def refuse_unparted_key(relation: Relation, columns: Iterable[int | None], kind: str, at: Span) -> None:
    """0A000 for a key of a partitioned table that lacks a column by which it is parted."""
    if not {number for number in relation.parted_by if number is not None} <= set(columns):
        message = f"unique constraint on partitioned table must include all partitioning columns: {kind}"
        raise Refusal("0A000", message, at)
    if None in relation.parted_by:
        message = f"unsupported {kind} constraint with partition key definition"
        raise Refusal("0A000", message, at)


def _enter_key(state: State, relation: Relation, definition: ConstraintDef, name: str, index: Index) -> None:
    numbers = tuple(number for number in index.columns if number is not None)
    constraint = Constraint(name, definition.kind, numbers, index=index.oid, place=state.place(definition.span))
    _enter(state, relation, constraint)
    if definition.kind == "primary key":
        for number in numbers:
            state.change_column(relation, number, nullable=False)


def _free_key_name(state: State, relation: Relation, definition: ConstraintDef) -> str:
    if definition.kind == "primary key":
        return free_name(state, relation.schema, relation.name, "", "pkey")
    label = "key" if definition.kind == "unique" else "excl"
    names = numbered(definition.labels or (*definition.columns, *definition.include))
    return free_name(state, relation.schema, relation.name, joined(names), label)


def joined(names: Iterable[str]) -> str:
    """Column names as made-up names hold them: as many as fit."""
    whole = ""
    for name in names:
        whole = f"{whole}_{name}" if whole else name
        if len(whole.encode("utf-8", "surrogateescape")) >= NAME_BYTES:
            break
    return whole


def numbered(labels: Iterable[str]) -> tuple[str, ...]:
    """The labels of an index's keys, each once: ``expr``, ``expr1``, …"""
    found: list[str] = []
    for label in labels:
        name, number = label, 0
        while name in found:
            number += 1
            name = f"{label}{number}"
        found.append(name)
    return tuple(found)


def _adopt_index(state: State, relation: Relation, definition: ConstraintDef) -> None:
    oid = state.catalog.relation_names.get((relation.schema, definition.using_index or ""))
    index = state.catalog.indexes.get(oid or 0)
    at = definition.span
    if index is None:
        raise Refusal("42704", f'index "{definition.using_index}" does not exist', at)
    if index.relation != relation.oid:
        raise Refusal("55000", f'index "{index.name}" does not belong to table "{relation.name}"', at)
    if not index.unique:
        raise Refusal("42809", f'"{index.name}" is not a unique index', at)
    if None in index.columns:
        raise Refusal("42809", f'index "{index.name}" contains expressions', at)
    if index.partial:
        raise Refusal("42809", f'"{index.name}" is a partial index', at)
    name = definition.name or index.name
    if name != index.name:
        state.rename_relation(index, index.schema, name)
    adopted = replace(state.catalog.indexes[index.oid], constraint=True)
    state.journal.put(state.catalog.indexes, index.oid, adopted)
    _enter_key(state, relation, definition, name, adopted)


def _enter(state: State, relation: Relation, constraint: Constraint) -> None:
    current = state.catalog.relations[relation.oid]
    state.change(current, constraints=(*current.constraints, constraint))


# --- foreign keys -----------------------------------------------------------------------------------------------------


def _add_foreign_key(state: State, relation: Relation, definition: ConstraintDef) -> None:
    assert definition.target is not None
    if definition.name is not None:
        _refuse_taken(state, relation, definition.name, definition.span)
    target = state.need_relation(definition.target)
    if target.kind not in TABLE_LIKE and not target.open:
        raise Refusal("42809", f'referenced relation "{target.name}" is not a table', definition.target.span)
    says = "referenced in foreign key constraint"
    columns = key_columns(state, relation, definition.columns, definition.span, says=says)
    target_columns = _target_columns(state, target, definition)
    if len(columns) != len(target_columns) and not target.open:
        message = "number of referencing and referenced columns for foreign key disagree"
        raise Refusal("42830", message, definition.span)
    middle = joined(column.name for column in columns)
    name = _constraint_name(state, relation, definition, middle, "fkey")
    for column, referred in zip(columns, target_columns, strict=False):
        if _incomparable(column.type, referred.type):
            message = f'foreign key constraint "{name}" cannot be implemented'
            raise Refusal("42804", message, definition.span)
    _enter(
        state,
        relation,
        Constraint(
            name,
            "foreign key",
            tuple(column.number for column in columns),
            target.oid,
            tuple(column.number for column in target_columns),
            definition.on_delete,
            place=state.place(definition.span),
        ),
    )


def refuse_parted_keys(state: State, relation: Relation, column: Column, use: TypeUse, at: Span) -> None:
    """42804 when a foreign key could not compare the column any more, were it of this type."""
    for holder in state.catalog.relations.values():
        for key in holder.constraints:
            if key.kind != "foreign key" or relation.oid not in (holder.oid, key.target):
                continue
            target = state.catalog.relations.get(key.target or 0)
            for number, referred in zip(key.columns, key.target_columns, strict=False):
                other = _partner(relation, column, (holder, number), (target, referred))
                if other is not None and _incomparable(use, other.type):
                    raise Refusal("42804", f'foreign key constraint "{key.name}" cannot be implemented', at)


def _partner(
    relation: Relation, column: Column, one: tuple[Relation | None, int], other: tuple[Relation | None, int]
) -> Column | None:
    """The column at the other end of a key's pair that has this column at one end."""
    for (near, number), (far, there) in ((one, other), (other, one)):
        if near is not None and far is not None and (near.oid, number) == (relation.oid, column.number):
            return far.numbered(there)
    return None


def _target_columns(state: State, target: Relation, definition: ConstraintDef) -> list[Column]:
    assert definition.target is not None
    at = definition.target.span
    current = state.catalog.relations[target.oid]
    if not definition.target_columns:
        key = current.primary_key
        if key is None and not current.open:
            raise Refusal("42704", f'there is no primary key for referenced table "{target.name}"', at)
        return [column for number in (key.columns if key else ()) if (column := current.numbered(number))]
    says = "referenced in foreign key constraint"
    columns = key_columns(state, target, definition.target_columns, at, says=says)
    if not current.open and not _unique_over(state, current, {column.number for column in columns}):
        message = f'there is no unique constraint matching given keys for referenced table "{target.name}"'
        raise Refusal("42830", message, at)
    return columns


def _unique_over(state: State, relation: Relation, numbers: set[int]) -> bool:
    return any(
        index.unique and not index.partial and set(index.columns) == numbers
        for index in state.catalog.indexes_of(relation.oid)
    )


def _incomparable(one: TypeUse, other: TypeUse) -> bool:
    families = [FAMILIES.get(use.name) for use in (one, other) if use.oid is None and not use.dimensions]
    return len(families) == 2 and None not in families and families[0] != families[1]
