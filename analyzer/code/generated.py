"""Reads checked-in generated types (``supabase gen types typescript``) as lists of what they name.

They show what some database held when they were made. They go stale, so they prove nothing missing and nothing there:
they only tell a table that somebody made by hand from one that nobody made.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.code.grammar import parse
from analyzer.code.script import Script, span_of
from analyzer.code.syntax import unescape
from analyzer.model.facts import GeneratedTypes, TypedRelation
from analyzer.model.source import Source
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_NULL = re.compile(r"\s*\|\s*null\b")
_NO_SCHEMAS = frozenset({"__InternalSupabase"})
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BODIES = ("object_type", "interface_body")


def read_generated_types(source: Source) -> GeneratedTypes:
    """Every table, view, function and enum of the file's ``Database`` type; empty when it has none."""
    if source.data.startswith(_WIDE):
        return _without_places(
            read_generated_types(Source(source.path, source.data.decode("utf-16", "replace").encode()))
        )
    script = parse(source.data, "typescript")
    relations: dict[tuple[str, str], TypedRelation] = {}
    functions: set[tuple[str, str]] = set()
    enums: dict[tuple[str, str], frozenset[str] | None] = {}
    whole = False
    for schema, part, name, named, member in _named(script):
        if part in ("Tables", "Views"):
            types = dict(_columns(script, member))
            relations[schema, name] = TypedRelation(span_of(named), frozenset(types), types)
            whole = whole or any(each == "Relationships" for each, _, _ in _members(script, member))
        elif part == "Functions":
            functions.add((schema, name))
        elif part == "Enums":
            enums[schema, name] = _labels(script, member)
    schemas = {schema: span_of(named) for schema, named, _ in _schemas(script)}
    return GeneratedTypes(relations, frozenset(functions), enums, schemas, whole)


def _without_places(types: GeneratedTypes) -> GeneratedTypes:
    """What Windows shells redirect is UTF-16: all of it is told at the beginning of the file."""
    start = Span(0, 0)
    relations = {name: replace(each, span=start) for name, each in types.relations.items()}
    return replace(types, relations=relations, schemas=dict.fromkeys(types.schemas, start))


def _schemas(script: Script) -> Iterator[tuple[str, Node, Node]]:
    for database in _declarations(script, "Database"):
        yield from (each for each in _members(script, database) if each[0] not in _NO_SCHEMAS)


def _named(script: Script) -> Iterator[tuple[str, str, str, Node, Node]]:
    """Everything that the type lists: schema, part (``Tables``), name, where that is written, property."""
    for schema, _, parts in _schemas(script):
        for part, _, things in _members(script, parts):
            yield from ((schema, part, *thing) for thing in _members(script, things))


def _columns(script: Script, relation: Node) -> Iterator[tuple[str, str]]:
    """The columns of its ``Row``, each with its type as written, without ``| null``."""
    for part, _, row in _members(script, relation):
        if part == "Row":
            for name, _, column in _members(script, row):
                annotation = column.child_by_field_name("type")
                said = script.text(annotation).removeprefix(":") if annotation is not None else ""
                yield name, _NULL.sub("", said).strip()


def _labels(script: Script, enum: Node) -> frozenset[str] | None:
    """The strings of ``name: "a" | "b"``; None where the type is anything else."""
    annotation = enum.child_by_field_name("type")
    waiting = list(annotation.named_children) if annotation is not None else []
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node.type == "union_type":
            waiting.extend(node.named_children)
        elif node.type == "literal_type" and (said := script.text(node))[:1] in ("'", '"'):
            found.add(unescape(said[1:-1]))
        elif node.type != "comment":
            return None
    return frozenset(found)


def _declarations(script: Script, name: str) -> Iterator[Node]:
    for statement in script.root.named_children:
        declared = statement.child_by_field_name("declaration") or statement
        named = declared.child_by_field_name("name")
        if named is not None and script.text(named) == name:
            yield declared


def _members(script: Script, node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The properties of the object type that a declaration or a property has: name, where that is written, property.

    Names come from the file itself: the tree may be that of another spelling, which the grammar can read.
    """
    for body in _bodies(node):
        for member in body.named_children:
            named = member.child_by_field_name("name") if member.type == "property_signature" else None
            if named is not None:
                yield script.text(named).strip("'\""), named, member


def _bodies(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type in _BODIES:
            yield child
        elif child.type == "type_annotation":
            yield from _bodies(child)
