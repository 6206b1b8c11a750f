"""Taking objects away: what else goes with them, and what forbids it."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Column, Constraint, Departed, Function, Index, Oid, Relation, Type
from analyzer.model.span import Span
from analyzer.sql.state import Refusal, State

_WORDS = {"materialized_view": "materialized view", "foreign_table": "foreign table", "partitioned_table": "table"}


def refuse_dependents(what: str, at: Span) -> Refusal:
    """2BP01, as PostgreSQL says it of any object that others need."""
    return Refusal("2BP01", f"cannot drop {what} because other objects depend on it", at)


def _relations(state: State, *oids: Oid) -> list[Relation]:
    """The relations that may rely on one of the objects."""
    return state.mentions.among(state.catalog.relations, *oids)


def _functions(state: State, *oids: Oid) -> list[Function]:
    return state.mentions.among(state.catalog.functions, *oids)


def drop_relation(state: State, relation: Relation, at: Span, *, cascade: bool) -> None:
    """Remove a relation with its indexes, sequences and partitions; views and foreign keys on it go, or forbid it."""
    parts = [each for each in _relations(state, relation.oid) if each.partition_of == relation.oid]
    going = {relation.oid, *(part.oid for part in parts)}
    _release(state, relation, going, at, cascade=cascade)
    for heir in [each for each in _relations(state, relation.oid) if relation.oid in each.parents]:
        if not cascade:
            raise refuse_dependents(f"table {relation.name}", at)
        if heir.oid in state.catalog.relations:
            drop_relation(state, heir, at, cascade=True)
    if relation.kind == "sequence":
        if is_identity(state, relation):
            raise Refusal("2BP01", f"cannot drop sequence {relation.name} because its column requires it", at)
        _release_needs(state, relation.oid, f"sequence {relation.name}", at, cascade=cascade)
    for part in parts:
        drop_relation(state, part, at, cascade=cascade)
    for index in state.catalog.indexes_of(relation.oid):
        remove_index(state, index)
    for sequence in [each for each in _relations(state, relation.oid) if each.owner and each.owner[0] == relation.oid]:
        _remove(state, sequence, at)
    _withdraw(state, relation)
    _remove(state, relation, at)


def is_identity(state: State, sequence: Relation) -> bool:
    """True for the sequence of an identity column, which can't go without it."""
    owner = state.catalog.relations.get(sequence.owner[0]) if sequence.owner else None
    column = owner.numbered(sequence.owner[1]) if owner and sequence.owner else None
    return column is not None and column.identity is not None


def _release(state: State, relation: Relation, going: set[int], at: Span, *, cascade: bool) -> None:
    what = f"{_WORDS.get(relation.kind, relation.kind)} {relation.name}"
    for other in _relations(state, *going):
        if other.oid in going:
            continue
        if any(oid in going for oid, _ in other.uses) and other.oid in state.catalog.relations:
            if not cascade:
                raise refuse_dependents(what, at)
            drop_relation(state, other, at, cascade=True)
            continue
        kept = tuple(each for each in other.constraints if each.target not in going)
        policies = tuple(each for each in other.policies if not any(oid in going for oid, _ in each.uses))
        if len(kept) + len(policies) < len(other.constraints) + len(other.policies):
            if not cascade:
                raise refuse_dependents(what, at)
            state.change(other, constraints=kept, policies=policies)
    for user, column in [pair for pair in _columns_of(state, going) if pair[0].oid not in going]:
        if not cascade:
            raise refuse_dependents(what, at)
        _drop_typed_column(state, user, column, at)
    for function in [each for each in _functions(state, *going) if _mentions(each, going)]:
        if not cascade:
            raise refuse_dependents(what, at)
        if function.oid in state.catalog.functions:
            drop_function(state, function, at, cascade=True)


def _columns_of(state: State, types: set[int]) -> list[tuple[Relation, Column]]:
    return [(each, column) for each in _relations(state, *types) for column in each.columns if column.type.oid in types]


def _drop_typed_column(state: State, relation: Relation, column: Column, at: Span) -> None:
    """A column goes with its type, and a view as a whole."""
    current = state.catalog.relations.get(relation.oid)
    if current is not None and current.kind in ("view", "materialized_view"):
        drop_relation(state, current, at, cascade=True)
    elif current is not None:
        drop_column(state, current, column, at, cascade=True)


def _mentions(function: Function, oids: set[int]) -> bool:
    used = [parameter.type.oid for parameter in function.parameters]
    return any(oid in oids for oid in (*used, function.returns.oid if function.returns else None))


def _withdraw(state: State, relation: Relation) -> None:
    for publication in list(state.catalog.publications.values()):
        if relation.oid in publication.tables:
            left = tuple(oid for oid in publication.tables if oid != relation.oid)
            state.journal.put(state.catalog.publications, publication.name, replace(publication, tables=left))


def _remove(state: State, relation: Relation, at: Span) -> None:
    schema = state.catalog.schema_of(relation)
    place = state.place(at)
    state.depart(Departed("relation", schema, relation.name, "dropped", place, created=relation.place))
    state.count_constraints(state.catalog.relations[relation.oid], -1)
    state.journal.remove(state.catalog.relations, relation.oid)
    state.free_name(relation)


def remove_index(state: State, index: Index) -> None:
    """Take an index and its name away, with those of partitions that are part of it, and the keys that these keep."""
    for part in [each for each in state.catalog.indexes.values() if each.parent == index.oid]:
        relation = state.catalog.relations[part.relation]
        state.change(relation, constraints=tuple(each for each in relation.constraints if each.index != part.oid))
        remove_index(state, part)
    state.journal.remove(state.catalog.indexes, index.oid)
    state.free_name(index)


def remove_function(state: State, function: Function, at: Span) -> None:
    """Take one overload away, and remember when no other of its name is left."""
    state.remove_function(function)
    schema = state.catalog.schema_of(function)
    gone = Departed("function", schema, function.name, "dropped", state.place(at), created=function.place)
    state.depart(gone)


def drop_function(state: State, function: Function, at: Span, *, cascade: bool) -> None:
    """Remove one overload; triggers that run it go, and all that relies on it, or forbid it."""
    what = f"function {function.name}()"
    for relation in _relations(state, function.oid):
        kept = tuple(each for each in relation.triggers if each.function != function.oid)
        if len(kept) < len(relation.triggers):
            if not cascade:
                raise refuse_dependents(what, at)
            state.change(relation, triggers=kept)
    _release_needs(state, function.oid, what, at, cascade=cascade)
    remove_function(state, function, at)


def drop_type(state: State, type_: Type, at: Span, *, cascade: bool) -> None:
    """Remove a type; columns and functions that use it go, and all that relies on it, or forbid it."""
    what = f"type {type_.name}"
    functions = [each for each in _functions(state, type_.oid) if _mentions(each, {type_.oid})]
    others = [each for each in state.catalog.types.values() if each.base and each.base.oid == type_.oid]
    typed = [each for each in _relations(state, type_.oid) if each.of_type == type_.oid]
    if (functions or others or typed or _columns_of(state, {type_.oid})) and not cascade:
        raise refuse_dependents(what, at)
    for function in functions:
        if function.oid in state.catalog.functions:
            drop_function(state, function, at, cascade=True)
    for domain in others:
        drop_type(state, domain, at, cascade=True)
    for relation in typed:
        if relation.oid in state.catalog.relations:
            drop_relation(state, state.catalog.relations[relation.oid], at, cascade=True)
    for relation, column in _columns_of(state, {type_.oid}):
        _drop_typed_column(state, relation, column, at)
    _release_needs(state, type_.oid, what, at, cascade=cascade)
    schema = state.catalog.schema_of(type_)
    state.depart(Departed("type", schema, type_.name, "dropped", state.place(at), created=type_.place))
    state.journal.remove(state.catalog.types, type_.oid)
    state.journal.remove(state.catalog.type_names, (type_.schema, type_.name))


def _release_needs(state: State, oid: int, what: str, at: Span, *, cascade: bool) -> None:
    """Whatever relies on a function or type in an expression goes with it, or forbids that it goes."""
    for relation in _relations(state, oid):
        columns = [each for each in relation.columns if oid in each.needs]
        constraints = [each for each in relation.constraints if oid in each.needs]
        policies = tuple(each for each in relation.policies if oid not in each.needs)
        if not (oid in relation.needs or columns or constraints or len(policies) < len(relation.policies)):
            continue
        if not cascade:
            raise refuse_dependents(what, at)
        if relation.oid in state.catalog.relations:
            _drop_needing(state, relation, oid, at)
    for function in [each for each in _functions(state, oid) if oid in each.needs]:
        if not cascade:
            raise refuse_dependents(what, at)
        if function.oid in state.catalog.functions:
            drop_function(state, function, at, cascade=True)
    for index in [each for each in state.catalog.indexes.values() if oid in each.needs]:
        if not cascade:
            raise refuse_dependents(what, at)
        if index.oid in state.catalog.indexes:
            remove_index(state, index)


def _drop_needing(state: State, relation: Relation, oid: int, at: Span) -> None:
    if oid in relation.needs:
        drop_relation(state, relation, at, cascade=True)
        return
    current = state.catalog.relations[relation.oid]
    state.change(current, policies=tuple(each for each in current.policies if oid not in each.needs))
    for constraint in [each for each in current.constraints if oid in each.needs]:
        drop_constraint(state, state.catalog.relations[relation.oid], constraint, at, cascade=True)
    for column in [each for each in current.columns if oid in each.needs]:
        if column.generated is not None:
            drop_column(state, state.catalog.relations[relation.oid], column, at, cascade=True)
        else:
            state.change_column(current, column.number, default=None, needs=frozenset())


def drop_column(state: State, relation: Relation, column: Column, at: Span, *, cascade: bool) -> None:
    """Remove a column with the constraints and indexes over it; what other objects need of it goes, or forbids it."""
    what = f"column {column.name} of table {relation.name}"
    key = (relation.oid, column.number)
    for other in _relations(state, relation.oid):
        if key in other.uses and other.oid in state.catalog.relations:
            if not cascade:
                raise refuse_dependents(what, at)
            drop_relation(state, other, at, cascade=True)
    _drop_policies_using(state, relation, column, what, at, cascade=cascade)
    for constraint in state.catalog.relations[relation.oid].constraints:
        if column.number in constraint.columns:
            drop_constraint(state, state.catalog.relations[relation.oid], constraint, at, cascade=cascade)
    for index in state.catalog.indexes_of(relation.oid):
        if column.number in index.uses or column.number in index.columns:
            remove_index(state, index)
    current = state.catalog.relations[relation.oid]
    state.change(current, columns=tuple(each for each in current.columns if each.number != column.number))
    schema = state.catalog.schema_of(relation)
    gone = Departed("column", schema, column.name, "dropped", state.place(at), of=relation.oid, created=column.place)
    state.depart(gone)
    drop_own_sequence(state, relation, column, at)


def drop_own_sequence(state: State, relation: Relation, column: Column, at: Span) -> None:
    """Remove the sequences that belong to a column."""
    key = (relation.oid, column.number)
    for sequence in [each for each in _relations(state, relation.oid) if each.owner == key]:
        _remove(state, sequence, at)


def _drop_policies_using(
    state: State, relation: Relation, column: Column, what: str, at: Span, *, cascade: bool
) -> None:
    key = (relation.oid, column.number)
    for other in _relations(state, relation.oid):
        kept = tuple(each for each in other.policies if key not in each.uses)
        if len(kept) < len(other.policies):
            if not cascade:
                raise refuse_dependents(what, at)
            state.change(other, policies=kept)


def drop_constraint(state: State, relation: Relation, constraint: Constraint, at: Span, *, cascade: bool) -> None:
    """Remove a constraint and its index; foreign keys that rely on the key go, or forbid it."""
    if constraint.kind in ("primary key", "unique"):
        _release_key(state, relation, constraint, at, cascade=cascade)
    current = state.catalog.relations[relation.oid]
    state.change(current, constraints=tuple(each for each in current.constraints if each.name != constraint.name))
    if constraint.kind == "not null":
        state.change_column(current, constraint.columns[0], nullable=True)
    if constraint.index is not None and constraint.index in state.catalog.indexes:
        remove_index(state, state.catalog.indexes[constraint.index])


def _release_key(state: State, relation: Relation, key: Constraint, at: Span, *, cascade: bool) -> None:
    for other in _relations(state, relation.oid):
        kept = tuple(each for each in other.constraints if not _relies_on(state, each, relation, key))
        if len(kept) < len(other.constraints):
            if not cascade:
                raise refuse_dependents(f"constraint {key.name} on table {relation.name}", at)
            state.change(other, constraints=kept)


def _relies_on(state: State, constraint: Constraint, relation: Relation, key: Constraint) -> bool:
    if constraint.kind != "foreign key" or constraint.target != relation.oid:
        return False
    if set(constraint.target_columns) != set(key.columns):
        return False
    others = [
        index
        for index in state.catalog.indexes_of(relation.oid)
        if index.unique and index.oid != key.index and set(index.columns) == set(key.columns)
    ]
    return not others
