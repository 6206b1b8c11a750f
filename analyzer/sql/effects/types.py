"""CREATE TYPE, CREATE DOMAIN and new labels of an enum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from analyzer.model.catalog import Column, Constraint, Type
from analyzer.model.events import (
    AddColumn,
    AddEnumValue,
    AlterColumn,
    AlterDomain,
    AlterType,
    ConstraintDef,
    CreateType,
    DropColumn,
    DropTarget,
    Text,
)
from analyzer.model.span import Span
from analyzer.sql.columns import resolve_column
from analyzer.sql.composites import need_own_type, need_type
from analyzer.sql.needs import needs_of
from analyzer.sql.presence import need_object
from analyzer.sql.state import Refusal, State, object_name
from analyzer.sql.vetting import vet_expression, vet_value


def create_type(state: State, event: CreateType, span: Span) -> None:
    """CREATE TYPE or DOMAIN; 42710 when a type or a relation's row type has the name."""
    schema = state.creation_schema(event.type)
    key = (schema, event.type.name)
    relation = state.catalog.relation_names.get(key)
    taken = relation in state.catalog.relations and not state.imagined(relation or 0)
    existing = state.catalog.types.get(state.catalog.type_names.get(key, 0))
    if taken or (existing is not None and existing.kind != "shell"):
        raise Refusal("42710", f'type "{event.type.name}" already exists', event.type.span)
    names: set[str] = set()
    for attribute in event.attributes:
        if attribute.name in names:
            raise Refusal("42701", f'column "{attribute.name}" specified more than once', attribute.span)
        names.add(attribute.name)
    if len(set(event.labels)) < len(event.labels):
        raise Refusal("23505", "an enum has each label once", event.type.span)
    attributes = tuple(
        replace(resolve_column(state, each), number=number) for number, each in enumerate(event.attributes, 1)
    )
    base = state.resolve_type(event.base) if event.base else None
    oid = state.new_oid()
    place = state.place(event.type.span)
    type_ = Type(oid, schema, event.type.name, event.kind, event.labels, attributes, base, place=place)
    state.add_type(type_)
    for check in event.checks:
        _add_check(state, state.catalog.types[oid], check)


def _add_check(state: State, domain: Type, definition: ConstraintDef) -> None:
    """A CHECK of a domain, which may name nothing but VALUE."""
    expression = definition.expression or Text("", definition.span)
    vet_expression(state, (expression,), lambda: vet_value(state, expression))
    taken = {each.name for each in domain.checks}
    if definition.name in taken:
        message = f'constraint "{definition.name}" for domain "{domain.name}" already exists'
        raise Refusal("42710", message, definition.span)
    name, number = definition.name or object_name(domain.name, "", "check"), 0
    while name in taken:
        number += 1
        name = object_name(domain.name, "", f"check{number}")
    needs = needs_of(state, expression)
    check = Constraint(name, "check", expression=expression.sql, place=state.place(definition.span), needs=needs)
    state.journal.put(state.catalog.types, domain.oid, replace(domain, checks=(*domain.checks, check)))


def alter_domain(state: State, event: AlterDomain, span: Span) -> None:
    """ALTER DOMAIN: its checks come, go and are renamed; 42704 for one that is not there."""
    need_object(state, "domain", DropTarget(event.type))
    domain = state.catalog.types.get(state.find_type(event.type) or 0)
    if domain is None or domain.kind != "domain":
        return
    if event.adds is not None:
        if event.adds.kind == "check":
            _add_check(state, domain, event.adds)
        return
    found = next((each for each in domain.checks if each.name == event.name), None)
    if found is None:
        if event.if_exists:
            return
        raise Refusal("42704", f'constraint "{event.name}" of domain "{domain.name}" does not exist', event.type.span)
    kept = [each for each in domain.checks if each is not found or event.action != "drop"]
    if event.action == "rename":
        kept[kept.index(found)] = replace(found, name=event.new_name)
    state.journal.put(state.catalog.types, domain.oid, replace(domain, checks=tuple(kept)))


def alter_type(state: State, event: AlterType, span: Span) -> None:
    """ALTER TYPE … ATTRIBUTE: of a composite type that no column has, where types change."""
    found = need_own_type(state, event.type, "42P01")
    if found is None or found.kind == "base":
        return
    if found.kind != "composite":
        raise Refusal("42P01", f'relation "{event.type}" does not exist', event.type.span)
    for action in event.actions:
        current = state.catalog.types[found.oid]
        attributes = _ATTRIBUTES[type(action)](state, current, action)
        state.journal.put(state.catalog.types, found.oid, replace(current, attributes=attributes))


def _attribute(type_: Type, name: str, at: Span) -> Column:
    for attribute in type_.attributes:
        if attribute.name == name:
            return attribute
    raise Refusal("42703", f'column "{name}" of relation "{type_.name}" does not exist', at)


def _add_attribute(state: State, type_: Type, action: AddColumn) -> tuple[Column, ...]:
    if any(each.name == action.column.name for each in type_.attributes):
        message = f'column "{action.column.name}" of relation "{type_.name}" already exists'
        raise Refusal("42701", message, action.column.span)
    number = max((each.number for each in type_.attributes), default=0) + 1
    return (*type_.attributes, replace(resolve_column(state, action.column), number=number))


def _drop_attribute(state: State, type_: Type, action: DropColumn) -> tuple[Column, ...]:
    if action.if_exists and all(each.name != action.column for each in type_.attributes):
        return type_.attributes
    gone = _attribute(type_, action.column, action.span)
    return tuple(each for each in type_.attributes if each is not gone)


def _alter_attribute(state: State, type_: Type, action: AlterColumn) -> tuple[Column, ...]:
    changed = _attribute(type_, action.column, action.span)
    assert action.type is not None
    for relation in state.catalog.relations.values():
        if any(column.type.oid == type_.oid for column in relation.columns):
            raise Refusal("0A000", f'cannot alter type "{type_.name}" because a column uses it', action.span)
    use = state.resolve_type(action.type)
    return tuple(replace(each, type=use) if each is changed else each for each in type_.attributes)


_ATTRIBUTES: dict[type, Callable[[State, Type, Any], tuple[Column, ...]]] = {
    AddColumn: _add_attribute,
    DropColumn: _drop_attribute,
    AlterColumn: _alter_attribute,
}


def add_enum_value(state: State, event: AddEnumValue, span: Span) -> None:
    """ALTER TYPE … ADD VALUE, in its place among the labels."""
    type_ = need_type(state, event.type)
    if type_ is None or type_.kind != "enum":
        row_type = state.find_type(event.type) in state.catalog.relations
        if row_type or (type_ is not None and type_.kind in ("composite", "domain")):
            raise Refusal("42809", f'"{event.type}" is not an enum', event.type.span)
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
    if type_.oid <= state.began:
        state.journal.put(state.fresh, (type_.oid, event.label), None)


EFFECTS = {
    CreateType: create_type,
    AlterType: alter_type,
    AlterDomain: alter_domain,
    AddEnumValue: add_enum_value,
}
