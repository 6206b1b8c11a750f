"""The constants that an expression can be, as JSON would send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.origin import Untold
from analyzer.code.script import span_of
from analyzer.code.syntax import bare, field, operator, parts
from analyzer.model.request import Constant
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_ALWAYS_TRUE = frozenset({"object", "array", "arrow_function", "function_expression", "regex"})
_WORDS = frozenset({"true", "false", "null"})
_SPELT = frozenset({"string", "template_string", "ternary_expression", "as_expression", "satisfies_expression"})


def constants(values: Values, node: Node, *, listed: bool = False) -> tuple[Constant, ...]:
    """Every constant that the expression can be, or those of a list; none when one of them is not known."""
    inner = bare(node)
    if inner.type == "ternary_expression":
        sides = [field(inner, "consequence"), field(inner, "alternative")]
        return _all([constants(values, side, listed=listed) for side in sides if side is not None])
    if listed and inner.type == "array":
        return _all([constants(values, item) for item in parts(inner)])
    literal = _literal(values, inner)
    if literal is not None:
        return (literal,)
    return _texts(values, inner) if _promising(values, inner) else ()


def is_undefined(values: Values, node: Node) -> bool:
    """True for `undefined`."""
    inner = bare(node)
    return inner.type == "undefined" or (inner.type == "identifier" and values.script.text(inner) == "undefined")


def truth(values: Values, node: Node) -> bool | None:
    """What a condition surely comes to, as its value is written in the file; None when that is not known."""
    try:
        origins = values.origins(node)
    except Untold:
        return None
    found = {_truth(values, bare(each.node)) if each.via != "union" else None for each in origins}
    return found.pop() if len(found) == 1 else None


def _truth(values: Values, node: Node) -> bool | None:
    if node.type in _ALWAYS_TRUE:
        return True
    if node.type in ("null", "undefined") or is_undefined(values, node):
        return False
    literal = _literal(values, node)
    return literal.text not in ("", "0", "false", "null") if literal is not None else None


def _promising(values: Values, node: Node) -> bool:
    """True for what may lead to a constant. Most values come from a caller, and following each is half of the reading."""
    if node.type == "template_string":
        return not any(each.type == "template_substitution" for each in node.named_children)
    if node.type in ("member_expression", "subscript_expression"):
        return values.script.text(node)[:1].isupper()
    if node.type not in ("identifier", "shorthand_property_identifier"):
        return False
    binding = values.scopes.find(values.script.text(node), node)
    if binding is not None and binding.sort == "const" and not binding.steps:
        value = field(binding.node, "value")
        return value is not None and value.type in _SPELT
    return binding is not None and binding.name.isupper()


def _literal(values: Values, node: Node) -> Constant | None:
    text, span = values.script.text(node), span_of(node)
    if node.type in _WORDS:
        return Constant(text, "null" if text == "null" else "boolean", span)
    if node.type == "number" or (node.type == "unary_expression" and operator(node) == "-"):
        number = _number(text.replace(" ", ""))
        return Constant(number, "number", span) if number is not None else None
    if node.type == "string":
        told = values.texts(node)[0].text
        return Constant(told, "string", Span(span.start + 1, span.end - 1))
    return None


def _number(text: str) -> str | None:
    """A number of JavaScript as JSON writes it; None for what is none, or is too big."""
    try:
        return str(int(text.replace("_", ""), 0))
    except ValueError:
        pass
    try:
        value = float(text)
        return str(int(value)) if value == int(value) and abs(value) < 1e21 else repr(value)
    except (ValueError, OverflowError):
        return None


def _texts(values: Values, node: Node) -> tuple[Constant, ...]:
    try:
        found = values.texts(node)
    except Untold:
        return ()
    if any(each.via == "union" for each in found):
        # What a type lists may never be given.
        return ()
    return tuple(Constant(each.text, "string", span_of(node)) for each in found)


def _all(found: list[tuple[Constant, ...]]) -> tuple[Constant, ...]:
    return tuple(each for one in found for each in one) if all(found) else ()
