"""Ways into objects, classes, enums and lists: members, items, keys and what a loop meets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analyzer.code import bindings, classes
from analyzer.code.origin import DEEPEST, ELSEWHERE, Origin, Untold, by_way_of
from analyzer.code.scope import key_text
from analyzer.code.syntax import JSX, annotation, arguments, bare, field, parts

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_KEEPERS = frozenset({"filter", "slice", "sort", "reverse", "toSorted", "toReversed"})
_ENVIRONMENT = re.compile(r"(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env)\b")
# What of an object gives one key a value and no other.
_PLAIN = frozenset({"pair", "shorthand_property_identifier", "method_definition"})
_OTHER_ITEM = "item of a list that is not in this file"
_OTHER_LOOP = "loop over what is not in this file"


def member(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`owner.name`."""
    owner, named = field(node, "object"), field(node, "property")
    if owner is None or named is None:
        raise Untold(ELSEWHERE)
    name, text = values.script.text(named), values.script.text(owner)
    if _ENVIRONMENT.match(text):
        raise Untold("environment variable")
    if owner.type != "this" and set_later(values, text, name):
        raise Untold("property that is set elsewhere")
    try:
        found = [one for each in values.follow(owner, depth) for one in property_of(values, each.node, name, depth)]
    except Untold:
        given = bindings.given(values, owner, depth)
        if given is None:
            raise
        found = [one for each in given for one in property_of(values, each.node, name, depth)]
    yield from by_way_of("member", found)


def subscript(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`owner[index]`; with an index that is not known, every value that the owner holds."""
    owner, index = field(node, "object"), field(node, "index")
    if owner is None or index is None:
        raise Untold(_OTHER_ITEM)
    chosen = _chosen(values, index, depth)
    for each in list(values.follow(owner, depth)):
        holder = bare(each.node)
        if chosen is None:
            yield from by_way_of("member", _all(values, holder, depth))
        for key in chosen or ():
            if isinstance(key, int) and holder.type == "array":
                found = position_of(values, holder, key, depth)
            else:
                found = property_of(values, holder, str(key), depth)
            yield from by_way_of("member", found)


def property_of(values: Values, node: Node, name: str, depth: int) -> Iterator[Origin]:
    """The value of a property."""
    node = bare(node)
    if node.type == "object":
        found = object_property(values, node, name)
        if found is None and all(each.type in _PLAIN for each in parts(node)):
            return
    elif node.type in JSX:
        found = _attribute(values, node, name)
        if found is None:
            return
    elif node.type == "class_body" or node.type in classes.CLASSES:
        yield from classes.field_of(values, classes.body_of(node), name, depth)
        return
    else:
        found = _declared_property(values, node, name)
    if found is None:
        raise Untold(ELSEWHERE)
    yield from values.follow(found, depth)


def object_property(values: Values, node: Node, name: str) -> Node | None:
    """What an object literal gives for a key; None when a spread or a computed key may give it too, or nothing does."""
    for each in reversed(parts(node)):
        if each.type == "shorthand_property_identifier" and values.script.text(each) == name:
            return each
        if not is_named(each):
            return None
        key = field(each, "key")
        if each.type == "pair" and key is not None and key_text(values.script, key) == name:
            return field(each, "value")
    return None


def is_named(part: Node) -> bool:
    """True for a part of an object literal that surely gives no other key than the one that it spells."""
    key = field(part, "key")
    return part.type != "spread_element" and (key is None or key.type != "computed_property_name")


def _attribute(values: Values, node: Node, name: str) -> Node | None:
    """What a component's element gives for an attribute; None without it."""
    for each in node.children_by_field_name("attribute"):
        inside = parts(each)
        if each.type != "jsx_attribute":
            raise Untold(ELSEWHERE)
        if values.script.text(inside[0]) == name and len(inside) > 1:
            return parts(inside[1])[0] if inside[1].type == "jsx_expression" and parts(inside[1]) else inside[1]
    return None


def position_of(values: Values, node: Node, position: int, depth: int) -> Iterator[Origin]:
    """The item of a list; of a property that `Object.entries` gives, its key or its value."""
    if node.type == "pair":
        items = [each for each in (field(node, "key"), field(node, "value")) if each is not None]
        if position == 0 and items:
            yield Origin(items[0])
            return
    else:
        items = parts(node) if node.type in ("array", "tuple_type") else []
    if position >= len(items) or any(each.type == "spread_element" for each in items[: position + 1]):
        raise Untold(_OTHER_ITEM)
    yield from values.follow(items[position], depth)


def step(values: Values, found: Iterable[Origin], way: str | int, depth: int) -> Iterator[Origin]:
    """One step of destructuring into each value."""
    for each in found:
        if isinstance(way, str):
            yield from property_of(values, each.node, way, depth)
        else:
            yield from position_of(values, bare(each.node), way, depth)


def keys(node: Node) -> Iterator[Node]:
    """The keys of an object, an enum or an object type."""
    body = field(node, "body") if node.type == "enum_declaration" else node
    if body is None or body.type not in ("object", "enum_body", "object_type", "interface_body"):
        raise Untold(ELSEWHERE)
    for each in parts(body):
        key = field(each, "key") or field(each, "name")
        if each.type == "shorthand_property_identifier":
            yield each
        elif key is None or key.type == "computed_property_name":
            raise Untold("object whose keys are not all written in this file")
        else:
            yield key


def elements(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What a loop over the expression meets."""
    inner = bare(node)
    listed = _listing(values, inner, depth) if inner.type == "call_expression" else None
    if listed is not None:
        yield from listed
        return
    try:
        found = [one for each in values.follow(node, depth) for one in items(values, bare(each.node), depth + 1)]
    except Untold:
        given = bindings.given(values, node, depth)
        if given is None:
            raise
        found = [one for each in given for one in items(values, bare(each.node), depth + 1)]
    yield from found


def items(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """The items of a list literal, a list's type, or a `new Set([…])`."""
    if depth > DEEPEST:
        raise Untold("too involved to follow")
    if node.type == "array":
        for item in parts(node):
            if item.type == "spread_element" and parts(item):
                yield from elements(values, parts(item)[0], depth + 1)
            else:
                yield from values.follow(item, depth)
    elif node.type == "array_type":
        yield from values.follow(parts(node)[0], depth)
    elif node.type == "new_expression" and values.script.text(node).startswith("new Set") and arguments(node):
        yield from elements(values, arguments(node)[0], depth + 1)
    else:
        raise Untold(_OTHER_LOOP)


def _chosen(values: Values, index: Node, depth: int) -> list[str | int] | None:
    if index.type == "number":
        text = values.script.text(index)
        return [int(text)] if text.isdecimal() else None
    try:
        return [text.text for text in values.follow_texts(index, depth)]
    except Untold:
        return None


def _all(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """Every value that an object or list holds."""
    if node.type == "array":
        yield from items(values, node, depth)
        return
    for key in keys(node):
        yield from property_of(values, node, key_text(values.script, key), depth)


def _declared_property(values: Values, node: Node, name: str) -> Node | None:
    body = field(node, "body") if node.type == "enum_declaration" else node
    for each in parts(body) if body is not None else ():
        named = field(each, "name")
        if named is not None and key_text(values.script, named) == name:
            return field(each, "value") if each.type == "enum_assignment" else annotation(each)
    return None


def set_later(values: Values, owner: str, name: str) -> bool:
    """True when the member is given another value somewhere in the file."""
    written = rb"\s*\.\s*%s\s*(?:\?\?|\|\||\+)?=(?![=>])" % re.escape(name.encode())
    return values.script.mentions(owner, written)


def _listing(values: Values, call: Node, depth: int) -> Iterator[Origin] | None:
    """The elements of `Object.keys(o)` and its like, and of `list.filter(…)`; None for other calls."""
    function = field(call, "function")
    owner, named = field(function, "object"), field(function, "property")
    if owner is None or named is None:
        return None
    method, given = values.script.text(named), arguments(call)
    if values.script.text(owner) == "Object" and given:
        return _object_listing(values, method, given[0], depth)
    return elements(values, owner, depth + 1) if method in _KEEPERS else None


def _object_listing(values: Values, method: str, node: Node, depth: int) -> Iterator[Origin] | None:
    if method not in ("keys", "values", "entries"):
        return None
    objects = [bare(each.node) for each in values.follow(node, depth)]
    if method == "values":
        return (found for each in objects for found in _all(values, each, depth))
    found = [key for each in objects for key in keys(each)]
    return (Origin(key if method == "keys" else values.script.path(key)[-1]) for key in found)
