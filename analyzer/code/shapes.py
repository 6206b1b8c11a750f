"""What kind of value an expression makes, as far as its form shows: enough to tell what a column of that value has to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.code.syntax import bare, field, operator, parts
from analyzer.model.request import Shape

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_MOST_STEPS = 4
_PLAIN: dict[str, Shape] = {
    "object": "object",
    "string": "text",
    "template_string": "text",
    "true": "boolean",
    "false": "boolean",
}
# By the last word of what is called.
_CALLED: dict[str, Shape] = {
    **dict.fromkeys(("toISOString", "formatISO"), "moment"),
    **dict.fromkeys(("randomUUID", "uuidv4", "uuid"), "uuid"),
    **dict.fromkeys(("trim", "toLowerCase", "toUpperCase", "toFixed", "join"), "text"),
    **dict.fromkeys(("parseInt", "round", "floor", "ceil"), "whole"),
    **dict.fromkeys(("Number", "parseFloat", "abs"), "number"),
    **dict.fromkeys(("now", "getTime"), "big"),
    "Boolean": "boolean",
}
_COMPARING = frozenset(("===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof"))
_COUNTING = frozenset(("*", "/", "-", "%", "**"))
_USER = re.compile(r"(?:^|[.?!])(?:user|currentUser|authUser)[?!]?\.id$")


def shape(values: Values, node: Node, steps: int = 0) -> Shape:
    """The kind of value; empty where the form does not show it."""
    inner = bare(node)
    if inner.type in _PLAIN:
        return _PLAIN[inner.type]
    reader = _READERS.get(inner.type)
    return reader(values, inner, steps + 1) if reader is not None and steps < _MOST_STEPS else ""


def _number(values: Values, node: Node, steps: int) -> Shape:
    return "whole" if values.script.text(node).isdecimal() else "number"


def _array(values: Values, node: Node, steps: int) -> Shape:
    found = {shape(values, each, steps) for each in parts(node)}
    return "texts" if found == {"text"} else "object" if found == {"object"} else ""


def _call(values: Values, node: Node, steps: int) -> Shape:
    function = field(node, "function")
    called = values.script.text(function) if function is not None else ""
    return _CALLED.get(re.split(r"\W+", called)[-1], "")


def _new(values: Values, node: Node, steps: int) -> Shape:
    made = field(node, "constructor")
    return "moment" if made is not None and values.script.text(made) == "Date" else ""


def _member(values: Values, node: Node, steps: int) -> Shape:
    text = values.script.text(node)
    return "user" if _USER.search(text) else "whole" if text.endswith(".length") else ""


def _unary(values: Values, node: Node, steps: int) -> Shape:
    if operator(node) == "!":
        return "boolean"
    argument = field(node, "argument")
    found = shape(values, argument, steps) if argument is not None and operator(node) in ("-", "+") else ""
    return found if found == "whole" else "number" if operator(node) in ("-", "+") else ""


def _binary(values: Values, node: Node, steps: int) -> Shape:
    sides, sign = [each for each in (field(node, "left"), field(node, "right")) if each is not None], operator(node)
    if sign in _COMPARING:
        return "boolean"
    if sign in ("??", "||"):
        # What stands in for the value is of its kind.
        known = [each for each in sides if shape(values, each, steps)]
        return _same(values, known, steps) if known else ""
    if sign == "+" and "text" in {shape(values, each, steps) for each in sides}:
        return "text"
    return "number" if sign in _COUNTING else ""


def _conditional(values: Values, node: Node, steps: int) -> Shape:
    sides = (field(node, "consequence"), field(node, "alternative"))
    return _same(values, [each for each in sides if each is not None], steps)


def _same(values: Values, sides: list[Node], steps: int) -> Shape:
    """What all sides are that are a value at all; not known where one is not."""
    told = [shape(values, each, steps) for each in sides if bare(each).type not in ("null", "undefined")]
    return told[0] if len(set(told)) == 1 else ""


def _identifier(values: Values, node: Node, steps: int) -> Shape:
    binding = values.scopes.find(values.script.text(node), node)
    if binding is None or binding.sort != "const" or binding.steps:
        return ""
    value = field(binding.node, "value")
    return shape(values, value, steps) if value is not None else ""


_READERS = {
    "number": _number,
    "array": _array,
    "call_expression": _call,
    "new_expression": _new,
    "member_expression": _member,
    "unary_expression": _unary,
    "binary_expression": _binary,
    "ternary_expression": _conditional,
    "identifier": _identifier,
    "shorthand_property_identifier": _identifier,
}
