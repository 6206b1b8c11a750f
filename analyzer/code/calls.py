"""What a call gives: a method of the language on what is written in the file, else what a function of the file returns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from analyzer.code import bindings
from analyzer.code.origin import DEEPEST, Origin, Text, Untold, by_way_of
from analyzer.code.syntax import arguments, bare, field, parts

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_CHANGING = rb"\s*\.\s*(?:set|delete|clear)\b"
_RESULT = "result of a call"


def call(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """`String(a)`, `new Map([['a', 'b']]).get('a')`, `['a', 'b'].join('_')`, or a function of the file."""
    function, given = field(node, "function"), arguments(node)
    owner, named = field(function, "object"), field(function, "property")
    method = values.script.text(named) if named is not None else ""
    if function is not None and _is_string(values, function) and given:
        yield from values.follow(given[0], depth)
    elif owner is not None and method == "get" and len(given) == 1 and _is_map(values, owner):
        yield from by_way_of("member", list(_entry(values, owner, given[0], depth)))
    elif method == "join":
        yield Origin(node)  # a text that `joined` spells
    else:
        yield from bindings.call(values, node, depth)


def joined(values: Values, node: Node, depth: int) -> Iterator[Text]:
    """The texts of `[…].join(between)`. Raises `Untold` for any other call, and for parts that are not known."""
    function, given = field(node, "function"), arguments(node)
    owner = field(function, "object")
    listed = [bare(each.node) for each in values.follow(owner, depth)] if owner is not None else []
    if len(listed) != 1 or listed[0].type != "array" or len(parts(listed[0])) > DEEPEST:
        raise Untold(_RESULT)
    between = [each.text for each in values.follow_texts(given[0], depth)] if given else [","]
    choices = [[each.text for each in values.follow_texts(item, depth)] for item in parts(listed[0])]
    for each in between:
        yield from (Text(each.join(chosen), "constant") for chosen in product(*choices))


def _is_string(values: Values, function: Node) -> bool:
    return values.script.text(function) == "String" and values.scopes.find("String", function) is None


def _is_map(values: Values, owner: Node) -> bool:
    """True for `new Map(…)`, also through a constant that nothing is put into."""
    node = bare(owner)
    if node.type == "identifier":
        name = values.script.text(node)
        binding = values.scopes.find(name, node)
        value = field(binding.node, "value") if binding is not None and binding.sort == "const" else None
        if value is None or values.script.mentions(name, _CHANGING):
            return False
        node = bare(value)
    return node.type == "new_expression" and values.script.text(field(node, "constructor") or node) == "Map"


def _entry(values: Values, owner: Node, key: Node, depth: int) -> Iterator[Origin]:
    wanted = {each.text for each in values.follow_texts(key, depth)}
    for made in list(values.follow(owner, depth)):
        listed = [bare(each) for each in arguments(bare(made.node))[:1]]
        pairs = [bare(each) for one in listed for each in parts(one)]
        for pair in map(parts, pairs):
            if listed[0].type != "array" or len(pair) != 2:
                raise Untold(_RESULT)
            if wanted.intersection(each.text for each in values.follow_texts(pair[0], depth)):
                yield from values.follow(pair[1], depth)
