"""Fields of classes: what a class gives them, what it hands to the class above, and what the classes below give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.code import bindings
from analyzer.code.origin import DEEPEST, ELSEWHERE, Origin, Untold
from analyzer.code.scope import Binding
from analyzer.code.syntax import annotation, arguments, bare, field, parts
from analyzer.model.crossing import Taken

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.script import Script
    from analyzer.code.value import Values

CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
_SET = re.compile(rb"this\s*\.\s*(#?[\w$]+)\s*=(?![=>])")


def field_of(values: Values, body: Node, name: str, depth: int) -> Iterator[Origin]:
    """What a field can be: its own values or those of the class above, and what the classes below give instead."""
    key = (body.id, name)
    if key in values.open:
        return
    values.open.add(key)
    try:
        above = list(_above(values, body, name, depth))
        below = list(_below(values, body, name, depth))
        if not any(_says_something(values, each) for each in (*above, *below)):
            below += _elsewhere(values, body, name, depth)
    finally:
        values.open.discard(key)
    if not above and not below:
        raise Untold(ELSEWHERE)
    yield from (*above, *below)


def body_of(node: Node) -> Node:
    """The body of a class, which a class's own place may already be."""
    return field(node, "body") or node


def constructor_of(script: Script, body: Node) -> Node | None:
    """The constructor that the class itself has."""
    methods = (each for each in parts(body) if each.type == "method_definition")
    return next((each for each in methods if script.text(field(each, "name") or each) == "constructor"), None)


def heritage(script: Script, body: Node) -> Node | None:
    """The expression that the class extends."""
    named = next((each for each in parts(script.path(body)[-1]) if each.type == "class_heritage"), None)
    clause = next((each for each in parts(named) if each.type == "extends_clause"), None) if named is not None else None
    return field(clause, "value")


def handed_up(script: Script, body: Node) -> list[Node] | None:
    """What the constructor gives to the class above; None without a constructor that calls it."""
    constructor = constructor_of(script, body)
    for node in script.occurrences("super", constructor) if constructor is not None else ():
        call = script.path(node)[-1]
        if call.type == "call_expression":
            return arguments(call)
    return None


def extending(path: list[Node]) -> Node | None:
    """The body of the class that extends what stands at the end of the path; None where none does."""
    if len(path) < 3 or path[-1].type != "extends_clause" or path[-3].type not in CLASSES:
        return None
    return field(path[-3], "body")


def heirs(values: Values, binding: Binding) -> Iterator[Node]:
    """The bodies of the classes of this file that extend this one."""
    for node in values.script.occurrences(binding.name):
        path = values.script.path(node)
        heir = extending(path)
        if heir is not None and values.scopes.find(binding.name, node) == binding:
            yield heir


def names(values: Values, body: Node) -> list[str]:
    """The fields that the class itself gives a value."""
    script = values.script
    found = [script.text(label) for each in _members(script, body) if (label := field(each, "name")) is not None]
    found += [script.text(label) for each in _promoted(script, body) if (label := field(each, "pattern")) is not None]
    found += [each[1].decode("utf-8", "replace") for each in _SET.finditer(script.data, body.start_byte, body.end_byte)]
    return list(dict.fromkeys(found))


def given(values: Values, body: Node, name: str) -> list[Node]:
    """The expressions that the class itself gives a field; a parameter of its constructor for one that is a field."""
    script = values.script
    found = [value for each in _members(script, body, name) for value in _value(values, each)]
    found += [each for each in _promoted(script, body) if script.text(field(each, "pattern") or each) == name]
    for node in script.occurrences(name, body):
        path = script.path(node)
        owner = field(path[-1], "object") if path else None
        if owner is None or owner.type != "this" or len(path) < 2:
            continue
        left, right = field(path[-2], "left"), field(path[-2], "right")
        if left is None or right is None or left.id != path[-1].id:
            continue
        if path[-2].type != "assignment_expression":
            raise Untold("property that is set elsewhere")
        found.append(right)
    return found


def _members(script: Script, body: Node, name: str | None = None) -> Iterator[Node]:
    for each in parts(body):
        label = field(each, "name")
        reads = each.type == "method_definition" and any(part.type == "get" for part in each.children)
        named = label is not None and (name is None or script.text(label) == name)
        if named and (each.type == "public_field_definition" or reads):
            yield each


def _value(values: Values, member: Node) -> list[Node]:
    if member.type == "method_definition":
        return values.callers.results(member)
    value = field(member, "value")
    return [value] if value is not None else []


def _promoted(script: Script, body: Node) -> list[Node]:
    """The parameters of the constructor that are fields as well."""
    constructor = constructor_of(script, body)
    listed = field(constructor, "parameters")
    found = parts(listed) if listed is not None else []
    marks = ("accessibility_modifier", "readonly", "override_modifier")
    return [each for each in found if any(child.type in marks for child in each.children)]


def _above(values: Values, body: Node, name: str, depth: int) -> Iterator[Origin]:
    own = given(values, body, name)
    if own or (extended := heritage(values.script, body)) is None:
        yield from _followed(values, body, name, own, depth)
        return
    handed = handed_up(values.script, body)
    for each in list(values.follow(extended, depth)):
        base = body_of(bare(each.node))
        if base.type == "class_body":
            with values.callers.handing(constructor_of(values.script, base), handed):
                found = list(_above(values, base, name, depth + 1))
            yield from found


def _followed(values: Values, body: Node, name: str, own: list[Node], depth: int) -> list[Origin]:
    """Where the class's own values of a field are written; what its type allows, when these cannot be told."""
    members = _members(values.script, body, name)
    said = next((note for each in members if (note := annotation(each)) is not None), None)
    typed = values.only_texts(said, depth) if said is not None else None
    try:
        found = [origin for each in own for origin in _origins(values, each, depth)]
    except Untold:
        if typed is None:
            raise
        return typed
    return found if own else typed or []


def _origins(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    pattern = field(node, "pattern")
    if pattern is None:
        return values.follow(node, depth)
    return bindings.bound(values, Binding("parameter", values.script.text(pattern), node), depth)


def _below(values: Values, body: Node, name: str, depth: int) -> Iterator[Origin]:
    if depth > DEEPEST:
        raise Untold("too involved to follow")
    binding = _binding(values, body)
    for heir in heirs(values, binding) if binding is not None else ():
        yield from _followed(values, heir, name, given(values, heir, name), depth)
        yield from _below(values, heir, name, depth + 1)


def _elsewhere(values: Values, body: Node, name: str, depth: int) -> list[Origin]:
    """What classes of other files give the field, that extend this one."""
    exported = values.callers.exported_name(values.script.path(body)[-1])
    if exported is None:
        return []
    found = values.elsewhere.given(Taken(exported, -1, name))
    return [origin for each in found or () for origin in values.follow(each, depth)]


def _binding(values: Values, body: Node) -> Binding | None:
    label = field(values.script.path(body)[-1], "name")
    return values.scopes.find(values.script.text(label), label) if label is not None else None


def _says_something(values: Values, origin: Origin) -> bool:
    return values.script.text(origin.node) not in ("''", '""', "``", "null", "undefined")
