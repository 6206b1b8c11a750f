"""Whether an object that a statement speaks of is there, kind by kind: for COMMENT, and for ALTER of what is not kept."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from analyzer.model.catalog import Index, Relation, RelationKind, Type
from analyzer.model.events import DropTarget, ObjectKind, Ref
from analyzer.sql.overloads import need_routine, refuse_other_routine
from analyzer.sql.state import Refusal, State

FITTING: dict[ObjectKind, frozenset[RelationKind]] = {
    "table": frozenset(("table", "partitioned_table")),
    "foreign table": frozenset(("foreign_table",)),
    "view": frozenset(("view",)),
    "materialized view": frozenset(("materialized_view",)),
    "sequence": frozenset(("sequence",)),
}


def refuse_other_kind(relation: Relation, kind: ObjectKind, ref: Ref) -> None:
    """42809 when ALTER says VIEW or SEQUENCE of something else; TABLE may be said of anything."""
    if kind != "table" and kind in FITTING and relation.kind not in FITTING[kind] and not relation.open:
        raise wrong_kind(ref, kind)


def need_object(state: State, kind: ObjectKind, target: DropTarget) -> None:
    """Refuse an object that is certainly not there, or of another kind than the statement says."""
    need = _NEEDS.get(kind)
    if need is not None:
        need(state, kind, target)


def wrong_kind(ref: Ref, kind: ObjectKind) -> Refusal:
    """42809, as PostgreSQL says it of a relation of another kind."""
    return Refusal("42809", f'"{ref.name}" is not a{"n" * (kind[0] in "aeiou")} {kind}', ref.span)


def _relation(state: State, kind: ObjectKind, target: DropTarget) -> None:
    found = state.find_relation(target.name)
    if isinstance(found, Index):
        raise wrong_kind(target.name, kind)
    relation = found or state.need_relation(target.name)
    if relation.kind not in FITTING[kind] and not relation.open:
        raise wrong_kind(target.name, kind)


def _any_relation(state: State, kind: ObjectKind, target: DropTarget) -> None:
    if state.find_relation(target.name) is None:
        state.need_relation(target.name, in_query=True)


def _index(state: State, kind: ObjectKind, target: DropTarget) -> None:
    found = state.find_relation(target.name) or need_index(state, target.name)
    if isinstance(found, Relation) and not found.open:
        raise wrong_kind(target.name, kind)


def need_index(state: State, ref: Ref) -> Relation:
    """What stands for an index that is not there; 42P01 when surely nothing does."""
    try:
        return state.need_relation(ref)
    except Refusal as refusal:
        if refusal.missing is not None and refusal.missing.kind == "relation":
            refusal.missing = replace(refusal.missing, kind="index")
        raise


def _column(state: State, kind: ObjectKind, target: DropTarget) -> None:
    assert target.on is not None
    found = state.find_relation(target.on)
    if isinstance(found, Index):
        _refuse_column_of_index(state, found, target)
        return
    type_ = state.catalog.types.get(state.find_type(target.on) or 0) if found is None else None
    if type_ is not None:
        _attribute(type_, target)
        return
    relation = found or state.need_relation(target.on)
    if relation.kind == "sequence":
        raise Refusal("42809", f'cannot set comment on relation "{relation.name}"', target.on.span)
    state.need_column(relation, target.name.name, target.name.span)


def _refuse_column_of_index(state: State, index: Index, target: DropTarget) -> None:
    names = state.catalog.relations[index.relation].names_of(number for number in index.columns if number is not None)
    if target.name.name not in names and None not in index.columns:
        message = f'column "{target.name.name}" of relation "{index.name}" does not exist'
        raise Refusal("42703", message, target.name.span)
    raise Refusal("42809", f'cannot set comment on relation "{index.name}"', target.name.span)


def _attribute(type_: Type, target: DropTarget) -> None:
    if type_.kind == "composite" and all(each.name != target.name.name for each in type_.attributes):
        message = f'column "{target.name.name}" of relation "{type_.name}" does not exist'
        raise Refusal("42703", message, target.name.span)


def _domain(state: State, kind: ObjectKind, target: DropTarget) -> None:
    oid = state.find_type(target.name)
    if oid is not None:
        type_ = state.catalog.types.get(oid)
        if type_ is None or type_.kind not in ("domain", "base"):
            raise wrong_kind(target.name, kind)
        return
    if target.name.schema is not None:
        state.need_schema(target.name.schema, target.name.span)
    if not state.explained(target.name.name, "create", "domain"):
        missing = state.missing_type(target.name)
        raise Refusal("42704", f'type "{target.name}" does not exist', target.name.span, missing)


def _part(kept_in: str) -> Callable[[State, ObjectKind, DropTarget], None]:
    def need(state: State, kind: ObjectKind, target: DropTarget) -> None:
        assert target.on is not None
        relation = state.need_relation(target.on)
        name = target.name.name
        there = any(part.name == name for part in getattr(relation, kept_in))
        verb = "add" if kind == "constraint" else "create"
        if not there and not relation.open and not state.explained(name, verb, kind):
            raise Refusal("42704", f'{kind} "{name}" for table "{relation.name}" does not exist', target.name.span)

    return need


def _routine(state: State, kind: ObjectKind, target: DropTarget) -> None:
    refuse_other_routine(need_routine(state, target.name, target.args), kind, target.name)


def _named(kept_in: str) -> Callable[[State, ObjectKind, DropTarget], None]:
    def need(state: State, kind: ObjectKind, target: DropTarget) -> None:
        name = target.name.name
        if name not in getattr(state.catalog, kept_in) and not state.explained(name, "create", kind):
            raise Refusal("42704", f'{kind} "{name}" does not exist', target.name.span)

    return need


_NEEDS: dict[ObjectKind, Callable[[State, ObjectKind, DropTarget], None]] = {
    **dict.fromkeys(FITTING, _relation),
    "relation": _any_relation,
    "index": _index,
    "column": _column,
    "policy": _part("policies"),
    "trigger": _part("triggers"),
    "constraint": _part("constraints"),
    "rule": _part("rules"),
    "domain": _domain,
    "function": _routine,
    "procedure": _routine,
    "routine": _routine,
    "aggregate": _routine,
    "extension": _named("extensions"),
    "publication": _named("publications"),
}
