"""ALTER … RENAME and SET SCHEMA."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from analyzer.model.catalog import Departed, Function, Index, Relation, Type
from analyzer.model.events import Rename, SetSchema
from analyzer.model.span import Span
from analyzer.sql.columns import SYSTEM_COLUMNS, refuse_system_name
from analyzer.sql.composites import need_own_type, need_type, row_type
from analyzer.sql.inheritance import descendants, refuse_inherited, refuse_inherited_check
from analyzer.sql.overloads import need_routine, refuse_other_routine
from analyzer.sql.presence import need_index, refuse_other_kind
from analyzer.sql.state import Refusal, State

_RELATIONS = frozenset(("table", "foreign table", "view", "materialized view", "sequence", "index"))


def rename(state: State, event: Rename, span: Span) -> None:
    """RENAME of an object, or of a part of one; everything that points at it follows."""
    if event.kind in _RELATIONS:
        _rename_relation(state, event)
    else:
        _RENAMES.get(event.kind, _nothing)(state, event)


def _nothing(state: State, event: Rename) -> None:
    """Kinds of objects that we do not keep."""


def _relation(state: State, event: Rename | SetSchema) -> Relation | Index | None:
    found = state.find_relation(event.target)
    if found is None and not event.if_exists:
        need = need_index if event.kind == "index" else State.need_relation
        return need(state, event.target)
    return found


def _rename_relation(state: State, event: Rename) -> None:
    found = _relation(state, event)
    if found is None:
        return
    if isinstance(found, Relation):
        refuse_other_kind(found, event.kind, event.target)
        if found.kind != "sequence":
            state.refuse_type_taken(found.schema, event.new_name, event.target.span)
        _depart(state, "relation", found, "renamed", event.target.span)
    state.rename_relation(found, found.schema, event.new_name)
    if isinstance(found, Index) and found.constraint:
        _rename_kept_constraint(state, found, event.new_name)


def _rename_kept_constraint(state: State, index: Index, name: str) -> None:
    relation = state.catalog.relations[index.relation]
    constraints = tuple(replace(c, name=name) if c.index == index.oid else c for c in relation.constraints)
    state.change(relation, constraints=constraints)


def _depart(state: State, kind: str, thing: Relation | Type | Function, how: str, at: Span) -> None:
    schema = state.catalog.schema_of(thing)
    state.depart(
        Departed(
            "relation" if kind == "relation" else "type" if kind == "type" else "function",
            schema,
            thing.name,
            "renamed" if how == "renamed" else "moved",
            state.place(at),
            successor=thing.oid,
            created=thing.place,
        )
    )


def _rename_column(state: State, event: Rename) -> None:
    found = _relation(state, event)
    if isinstance(found, Index):
        names = state.catalog.relations[found.relation].names_of(each for each in found.columns if each is not None)
        if event.part not in names and None not in found.columns:
            raise Refusal("42703", f'column "{event.part}" does not exist', event.target.span)
    if not isinstance(found, Relation):
        return
    if event.part in SYSTEM_COLUMNS:
        raise Refusal("0A000", f'cannot rename system column "{event.part}"', event.target.span)
    refuse_system_name(event.new_name, event.target.span)
    refuse_inherited(state, found, event.part or "", "rename", event.target.span)
    for child in descendants(state, found):
        if child.column(event.part or "") is not None and child.column(event.new_name) is not None:
            message = f'column "{event.new_name}" of relation "{child.name}" already exists'
            raise Refusal("42701", message, event.target.span)
    column = state.need_column(found, event.part or "", event.target.span)
    relation = state.catalog.relations[found.oid]
    if relation.column(event.new_name) is not None:
        message = f'column "{event.new_name}" of relation "{relation.name}" already exists'
        raise Refusal("42701", message, event.target.span)
    gone = Departed(
        "column",
        state.catalog.schema_of(relation),
        column.name,
        "renamed",
        state.place(event.target.span),
        of=relation.oid,
        successor=relation.oid,
        column=column.number,
        created=column.place,
    )
    state.depart(gone)
    state.change_column(relation, column.number, name=event.new_name)
    for child in descendants(state, relation):
        own = state.catalog.relations[child.oid].column(event.part or "")
        if own is not None:
            state.change_column(child, own.number, name=event.new_name)


def _rename_constraint(state: State, event: Rename) -> None:
    found = _relation(state, event)
    if not isinstance(found, Relation):
        return
    constraint = found.constraint(event.part or "")
    if constraint is None:
        if found.open or state.explained(event.part or "", "add"):
            return
        message = f'constraint "{event.part}" for table "{found.name}" does not exist'
        raise Refusal("42704", message, event.target.span)
    refuse_inherited_check(state, found, constraint, event.target.span, "rename")
    for child in descendants(state, found) if constraint.kind == "check" and not constraint.no_inherit else ():
        own = tuple(replace(c, name=event.new_name) if c.name == event.part else c for c in child.constraints)
        state.change(child, constraints=own)
    if constraint.index in state.catalog.indexes:
        index = state.catalog.indexes[constraint.index]
        state.rename_relation(index, index.schema, event.new_name)
    renamed = replace(constraint, name=event.new_name)
    current = state.catalog.relations[found.oid]
    state.change(current, constraints=tuple(renamed if c is constraint else c for c in current.constraints))


def _rename_policy(state: State, event: Rename) -> None:
    relation = state.need_relation(event.target)
    if relation.kind not in ("table", "partitioned_table"):
        raise Refusal("42809", f'"{relation.name}" is not a table', event.target.span)
    changed = tuple(replace(p, name=event.new_name) if p.name == event.part else p for p in relation.policies)
    if changed == relation.policies and not relation.open:
        message = f'policy "{event.part}" for table "{relation.name}" does not exist'
        raise Refusal("42704", message, event.target.span)
    state.change(relation, policies=changed)


def _rename_trigger(state: State, event: Rename) -> None:
    relation = state.need_relation(event.target)
    changed = tuple(replace(t, name=event.new_name) if t.name == event.part else t for t in relation.triggers)
    if changed == relation.triggers and not relation.open:
        message = f'trigger "{event.part}" for table "{relation.name}" does not exist'
        raise Refusal("42704", message, event.target.span)
    if any(trigger.name == event.part and trigger.cloned for trigger in relation.triggers):
        raise Refusal("0A000", f'cannot rename trigger "{event.part}" on table "{relation.name}"', event.target.span)
    state.change(relation, triggers=changed)
    for child in descendants(state, relation):
        own = tuple(replace(t, name=event.new_name) if t.name == event.part and t.cloned else t for t in child.triggers)
        state.change(child, triggers=own)


def _rename_rule(state: State, event: Rename) -> None:
    relation = state.need_relation(event.target)
    changed = tuple(replace(r, name=event.new_name) if r.name == event.part else r for r in relation.rules)
    if changed == relation.rules and not relation.open:
        message = f'rule "{event.part}" for relation "{relation.name}" does not exist'
        raise Refusal("42704", message, event.target.span)
    state.change(relation, rules=changed)


def _rename_schema(state: State, event: Rename) -> None:
    name = event.target.name
    oid = state.need_schema(name, event.target.span)
    if event.new_name in state.catalog.schema_names:
        raise Refusal("42P06", f'schema "{event.new_name}" already exists', event.target.span)
    state.journal.remove(state.catalog.schema_names, name)
    state.journal.put(state.catalog.schema_names, event.new_name, oid)
    state.journal.put(state.catalog.schemas, oid, replace(state.catalog.schemas[oid], name=event.new_name))


def _move_type(state: State, type_: Type, schema: int, name: str, *, moves: bool = False) -> None:
    if schema == type_.schema and name == type_.name and moves:
        return
    if (schema, name) in state.catalog.type_names or _is_relation(state, schema, name):
        raise Refusal("42710", f'type "{name}" already exists')
    state.journal.remove(state.catalog.type_names, (type_.schema, type_.name))
    state.journal.remove(state.catalog.types, type_.oid)
    state.add_type(replace(type_, schema=schema, name=name))


def _is_relation(state: State, schema: int, name: str) -> bool:
    relation = state.catalog.relations.get(state.catalog.relation_names.get((schema, name), 0))
    return relation is not None and relation.kind != "sequence" and not state.imagined(relation.oid)


def _rename_type(state: State, event: Rename) -> None:
    type_ = need_own_type(state, event.target)
    if type_ is not None:
        _refuse_relation(state, type_, event)
        _depart(state, "type", type_, "renamed", event.target.span)
        _move_type(state, type_, type_.schema, event.new_name)


def _refuse_relation(state: State, type_: Type, event: Rename) -> None:
    """42P07 for a composite type that is to have a relation's name, or another composite type's: it is kept as a relation."""
    key = (type_.schema, event.new_name)
    other = state.catalog.types.get(state.catalog.type_names.get(key, 0))
    oid = state.catalog.relation_names.get(key)
    taken = (other is not None and other.kind == "composite") or (oid is not None and not state.imagined(oid))
    if type_.kind == "composite" and taken:
        raise Refusal("42P07", f'relation "{event.new_name}" already exists', event.target.span)


def _rename_label(state: State, event: Rename) -> None:
    type_ = need_own_type(state, event.target)
    if type_ is None:
        return
    if type_.kind in ("composite", "domain"):
        raise Refusal("42809", f'"{event.target}" is not an enum', event.target.span)
    if event.part not in type_.labels:
        raise Refusal("22023", f'"{event.part}" is not an existing enum label', event.target.span)
    if event.new_name in type_.labels:
        raise Refusal("42710", f'enum label "{event.new_name}" already exists', event.target.span)
    labels = tuple(event.new_name if label == event.part else label for label in type_.labels)
    state.journal.put(state.catalog.types, type_.oid, replace(type_, labels=labels))


def _rename_attribute(state: State, event: Rename) -> None:
    if row_type(state, event.target) is not None:
        _rename_column(state, event)
        return
    type_ = need_type(state, event.target, "42P01")
    if type_ is not None:
        names = [attribute.name for attribute in type_.attributes]
        if type_.kind not in ("composite", "base"):
            raise Refusal("42P01", f'relation "{event.target}" does not exist', event.target.span)
        if type_.kind == "composite" and event.part not in names:
            raise Refusal("42703", f'column "{event.part}" does not exist', event.target.span)
        if event.new_name in names:
            message = f'column "{event.new_name}" of relation "{type_.name}" already exists'
            raise Refusal("42701", message, event.target.span)
        changed = tuple(replace(a, name=event.new_name) if a.name == event.part else a for a in type_.attributes)
        state.journal.put(state.catalog.types, type_.oid, replace(type_, attributes=changed))


def _function(state: State, event: Rename | SetSchema) -> Function | None:
    function = need_routine(state, event.target, event.args)
    refuse_other_routine(function, event.kind, event.target)
    return function


def _refuse_overload(state: State, function: Function, schema: int, name: str, at: Span) -> None:
    """42723 when the schema has a function of that name and those types, be it the function itself."""
    for oid in state.catalog.function_names.get((schema, name), ()):
        other = state.catalog.functions[oid]
        if other.signature == function.signature and not (other.open or function.open):
            home = state.catalog.schemas[schema].name
            raise Refusal("42723", f'function {name} already exists in schema "{home}"', at)


def _rename_function(state: State, event: Rename) -> None:
    function = _function(state, event)
    if function is not None:
        _refuse_overload(state, function, function.schema, event.new_name, event.target.span)
        _depart(state, "function", function, "renamed", event.target.span)
        state.remove_function(function)
        state.add_function(replace(function, name=event.new_name))


def _rename_publication(state: State, event: Rename) -> None:
    publication = state.catalog.publications.get(event.target.name)
    if publication is not None:
        state.journal.remove(state.catalog.publications, publication.name)
        state.journal.put(state.catalog.publications, event.new_name, replace(publication, name=event.new_name))


_RENAMES: dict[str, Callable[[State, Rename], None]] = {
    "column": _rename_column,
    "attribute": _rename_attribute,
    "constraint": _rename_constraint,
    "policy": _rename_policy,
    "trigger": _rename_trigger,
    "rule": _rename_rule,
    "schema": _rename_schema,
    "type": _rename_type,
    "domain": _rename_type,
    "enum value": _rename_label,
    "function": _rename_function,
    "procedure": _rename_function,
    "routine": _rename_function,
    "aggregate": _rename_function,
    "publication": _rename_publication,
}


def set_schema(state: State, event: SetSchema, span: Span) -> None:
    """SET SCHEMA: the object keeps its oid, so what points at it follows."""
    if event.kind in _RELATIONS:
        found = _relation(state, event)
        if found is not None:
            schema = state.need_schema(event.schema, event.target.span)
            if schema == found.schema:
                return
            if isinstance(found, Relation) and found.owner is not None:
                raise Refusal("0A000", "cannot move an owned sequence into another schema", event.target.span)
            if isinstance(found, Relation):
                refuse_other_kind(found, event.kind, event.target)
                _depart(state, "relation", found, "moved", event.target.span)
            state.rename_relation(found, schema, found.name)
            _move_dependents(state, found.oid, schema)
    elif event.kind in ("type", "domain"):
        type_ = need_own_type(state, event.target)
        if type_ is not None:
            _depart(state, "type", type_, "moved", event.target.span)
            _move_type(state, type_, state.need_schema(event.schema, event.target.span), type_.name, moves=True)
    elif event.kind in ("function", "procedure", "routine", "aggregate"):
        function = _function(state, event)
        if function is not None:
            _depart(state, "function", function, "moved", event.target.span)
            schema = state.need_schema(event.schema, event.target.span)
            if schema == function.schema:
                return
            _refuse_overload(state, function, schema, function.name, event.target.span)
            state.remove_function(function)
            state.add_function(replace(function, schema=schema))


def _move_dependents(state: State, relation: int, schema: int) -> None:
    owned = [each for each in state.catalog.relations.values() if each.owner and each.owner[0] == relation]
    things: list[Relation | Index] = [*state.catalog.indexes_of(relation), *owned]
    for thing in things:
        state.rename_relation(thing, schema, thing.name)


EFFECTS = {Rename: rename, SetSchema: set_schema}
