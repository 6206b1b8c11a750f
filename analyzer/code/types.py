"""What a type says about a value: the texts of a union, the keys and members of a type of this file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from analyzer.code.bindings import imported
from analyzer.code.origin import Origin, Untold, by_way_of
from analyzer.code.structures import items, keys, property_of
from analyzer.code.syntax import bare, field, parts

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_ELSEWHERE = "type that is not in this file"
_NOTHING = frozenset({"null", "undefined", "void", "never"})
_TRANSPARENT = frozenset({"Promise", "Awaited", "Readonly", "NonNullable", "PromiseLike"})


def name(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What a type's name stands for: an alias, an interface, an enum, the bound of a type parameter."""
    binding = values.scopes.find(values.script.text(node), node, as_type=True)
    if binding is None:
        raise Untold(_ELSEWHERE)
    if binding.sort == "import":
        raise Untold(imported(values, binding))
    if binding.sort in ("enum", "class"):
        yield Origin(binding.node)
        return
    said = field(binding.node, "value") or field(binding.node, "body")
    bound = field(binding.node, "constraint")
    if said is None and bound is not None:
        said = next(iter(parts(bound)), None)
    if said is None:
        raise Untold(_ELSEWHERE)
    yield from values.follow(said, depth)


def union(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """Each member of a union, which the grammar nests to the left."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.type == "union_type":
            waiting.extend(reversed(parts(each)))
        else:
            yield from by_way_of("union", values.follow(each, depth))


def inner(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What parentheses, `readonly` and `typeof` hold."""
    for each in parts(node)[-1:]:
        yield from values.follow(each, depth)


def generic(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What a `Promise` or its like holds; other generic types say nothing here."""
    label, given = field(node, "name"), field(node, "type_arguments")
    if label is None or given is None or values.script.text(label) not in _TRANSPARENT or not parts(given):
        raise Untold(_ELSEWHERE)
    yield from values.follow(parts(given)[0], depth)


def keys_of(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`keyof T`."""
    for said in parts(node)[:1]:
        for each in list(values.follow(said, depth)):
            yield from (Origin(key, "union") for key in keys(bare(each.node)))


def lookup(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`T['key']`, `T[keyof T]` and `T[number]`."""
    inside = parts(node)
    if len(inside) < 2:
        raise Untold(_ELSEWHERE)
    for each in list(values.follow(inside[0], depth)):
        holder = bare(each.node)
        if values.script.text(inside[1]) == "number":
            yield from items(values, holder, depth)
            continue
        for key in list(values.follow_texts(inside[1], depth)):
            yield from property_of(values, holder, key.text, depth)


def predefined(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`null` and its like add nothing to a union; `string` and its like may be anything."""
    if values.script.text(node) not in _NOTHING:
        raise Untold(f"any {values.script.text(node)}")
    yield from ()


READERS: dict[str, Callable[[Values, Node, int], Iterator[Origin]]] = {
    "type_identifier": name,
    "union_type": union,
    "parenthesized_type": inner,
    "readonly_type": inner,
    "type_query": inner,
    "generic_type": generic,
    "index_type_query": keys_of,
    "lookup_type": lookup,
    "predefined_type": predefined,
}
