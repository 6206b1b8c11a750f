"""Reads checked-in generated types (``supabase gen types typescript``) as a list of the relations that they name.

They show what some database held when they were made. They go stale, so they prove nothing missing and nothing there:
they only tell a table that somebody made by hand from one that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.code.grammar import parse
from analyzer.code.script import span_of
from analyzer.model.facts import GeneratedTypes, TypedRelation
from analyzer.model.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

_BODIES = ("object_type", "interface_body")


def read_generated_types(source: Source) -> GeneratedTypes:
    """Every table, view and function of the file's ``Database`` type, by (schema, name); empty when it has none."""
    relations: dict[tuple[str, str], TypedRelation] = {}
    functions: set[tuple[str, str]] = set()
    for schema, part, name, named, member in _named(parse(source.data, "typescript").root):
        if part in ("Tables", "Views"):
            relations[schema, name] = TypedRelation(span_of(named), _columns(member))
        elif part == "Functions":
            functions.add((schema, name))
    return GeneratedTypes(relations, frozenset(functions))


def _named(root: Node) -> Iterator[tuple[str, str, str, Node, Node]]:
    """Everything that the type lists: schema, part (``Tables``), name, where that is written, property."""
    for database in _declarations(root, "Database"):
        for schema, _, parts in _members(database):
            for part, _, things in _members(parts):
                yield from ((schema, part, *thing) for thing in _members(things))


def _columns(relation: Node) -> frozenset[str]:
    return frozenset(name for part, _, row in _members(relation) if part == "Row" for name, _, _ in _members(row))


def _declarations(root: Node, name: str) -> Iterator[Node]:
    for statement in root.named_children:
        declared = statement.child_by_field_name("declaration") or statement
        named = declared.child_by_field_name("name")
        if named is not None and named.text == name.encode():
            yield declared


def _members(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The properties of the object type that a declaration or a property has: name, where that is written, property."""
    for body in _bodies(node):
        for member in body.named_children:
            named = member.child_by_field_name("name") if member.type == "property_signature" else None
            if named is not None and named.text is not None:
                yield named.text.decode("utf-8", "replace").strip("'\""), named, member


def _bodies(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type in _BODIES:
            yield child
        elif child.type == "type_annotation":
            yield from _bodies(child)
