"""CREATE TYPE, CREATE DOMAIN and new labels of an enum."""

from __future__ import annotations

from dataclasses import replace

from analyzer.model.catalog import Type
from analyzer.model.events import AddEnumValue, CreateType, Ref
from analyzer.model.span import Span
from analyzer.sql.columns import resolve_column
from analyzer.sql.state import Refusal, State


def create_type(state: State, event: CreateType, span: Span) -> None:
    """CREATE TYPE or DOMAIN; 42710 when a type or a relation's row type has the name."""
    schema = state.creation_schema(event.type)
    key = (schema, event.type.name)
    relation = state.catalog.relation_names.get(key)
    taken = relation in state.catalog.relations and not state.imagined(relation or 0)
    existing = state.catalog.types.get(state.catalog.type_names.get(key, 0))
    if taken or (existing is not None and existing.kind != "shell"):
        raise Refusal("42710", f'type "{event.type.name}" already exists', event.type.span)
    attributes = tuple(
        replace(resolve_column(state, each), number=number) for number, each in enumerate(event.attributes, 1)
    )
    base = state.resolve_type(event.base) if event.base else None
    oid = state.new_oid()
    place = state.place(event.type.span)
    state.add_type(
        Type(oid, schema, event.type.name, event.kind, event.labels, attributes, base, place=place),
    )


def need_type(state: State, ref: Ref) -> Type | None:
    """The type that a command names, None when it can't be known; 42704 when there is none."""
    oid = state.find_type(ref)
    if oid is not None:
        return state.catalog.types.get(oid)
    if ref.schema is not None:
        state.need_schema(ref.schema, ref.span)
    if state.explained(ref.name, "create", "type"):
        return None
    raise Refusal("42704", f'type "{ref}" does not exist', ref.span, state.missing_type(ref))


def add_enum_value(state: State, event: AddEnumValue, span: Span) -> None:
    """ALTER TYPE … ADD VALUE, in its place among the labels."""
    type_ = need_type(state, event.type)
    if type_ is None:
        return
    if event.label in type_.labels:
        if event.if_not_exists:
            return
        raise Refusal("42710", f'enum label "{event.label}" already exists', event.type.span)
    labels = list(type_.labels)
    at = len(labels)
    if event.beside is not None:
        if event.beside not in labels:
            raise Refusal("22023", f'"{event.beside}" is not an existing enum label', event.type.span)
        at = labels.index(event.beside) + (0 if event.before else 1)
    labels.insert(at, event.label)
    state.journal.put(state.catalog.types, type_.oid, replace(type_, labels=tuple(labels)))


EFFECTS = {CreateType: create_type, AddEnumValue: add_enum_value}
