"""Small readings of single nodes that every other module needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

CASTS = frozenset({"as_expression", "satisfies_expression", "type_assertion"})
WRAPPERS = CASTS | {"parenthesized_expression", "non_null_expression", "await_expression", "instantiation_expression"}
FUNCTIONS = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_expression",
        "generator_function",
        "arrow_function",
        "method_definition",
    }
)
JSX = frozenset({"jsx_self_closing_element", "jsx_opening_element"})
MEMBERS = frozenset({"member_expression", "subscript_expression"})

_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|\r\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}


def parts(node: Node) -> list[Node]:
    """The named children without comments."""
    return [child for child in node.named_children if child.type != "comment"]


def unwrapped(node: Node) -> Node | None:
    """What one pair of parentheses, cast, ``!`` or ``await`` holds; None when the node is none of these."""
    if node.type not in WRAPPERS:
        return None
    inside = parts(node)
    if not inside:
        return None
    inner = inside[-1] if node.type == "type_assertion" else inside[0]
    return inner.child_by_field_name("right") if inner.type == "sequence_expression" else inner


def bare(node: Node) -> Node:
    """The expression without parentheses, casts, ``!``, ``satisfies`` and ``await`` around it."""
    while (inner := unwrapped(node)) is not None:
        node = inner
    return node


def is_cast(node: Node) -> bool:
    """True when a cast stands around the expression."""
    while (inner := unwrapped(node)) is not None:
        if node.type in CASTS:
            return True
        node = inner
    return False


def cast_type(node: Node) -> Node | None:
    """The type that ``x as T`` or ``<T>x`` names; None for ``as const`` and for what is no cast."""
    inside = parts(node)
    if len(inside) < 2 or node.type not in CASTS:
        return None
    return inside[0].named_child(0) if node.type == "type_assertion" else inside[-1]


def field(node: Node | None, name: str) -> Node | None:
    """The child of that field; None for no node."""
    return node.child_by_field_name(name) if node is not None else None


def annotation(node: Node | None, name: str = "type") -> Node | None:
    """The type that an annotation holds."""
    noted = field(node, name)
    return noted.named_child(0) if noted is not None and noted.named_child_count else None


def arguments(call: Node) -> list[Node]:
    """The arguments of a call; none for a tagged template. A component's element is its own, the object of its attributes."""
    if call.type in JSX:
        return [call]
    given = field(call, "arguments")
    return parts(given) if given is not None and given.type == "arguments" else []


def unescape(text: str) -> str:
    """The value of a string literal's text."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def escapes(text: str) -> Iterator[tuple[int, int, str]]:
    """Each escape of a string literal's text: where it starts and ends, and what it stands for."""
    return ((*found.span(), _unescaped(found)) for found in _ESCAPE.finditer(text))


def _unescaped(match: re.Match[str]) -> str:
    digits = match[2] or match[3] or match[4]
    if digits is None:
        return _ESCAPED.get(match[1], match[1])
    code = int(digits, 16)
    # Half of a surrogate pair is no character, and could not be written out again.
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def operator(node: Node) -> str:
    """The operator of an operation or a loop."""
    found = field(node, "operator")
    return found.type if found is not None else ""


def terms(node: Node) -> list[Node]:
    """What a chain of `+` adds up, from left to right; the node itself when it is none."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        left, right = field(each, "left"), field(each, "right")
        if each.type == "binary_expression" and operator(each) == "+" and left is not None and right is not None:
            waiting += [right, left]
        else:
            found.append(each)
    return found
