"""Whether a value may be undefined, so that JSON leaves its key out: what the file shows of who may not give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.literals import is_undefined
from analyzer.code.origin import Untold
from analyzer.code.scope import Binding
from analyzer.code.syntax import MEMBERS, annotation, bare, field, operator, parts

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
_DEEPEST = 4


def may_be_undefined(values: Values, node: Node, depth: int = 0) -> bool:
    """True for a property, a parameter that may be left out, or what is taken from an object, unless a type requires it."""
    inner = bare(node)
    if depth > _DEEPEST or is_undefined(values, inner):
        return True
    if inner.type in MEMBERS:
        return not (_required_member(values, inner) or _written(values, inner))
    if inner.type in _NAMES:
        binding = values.scopes.find(values.script.text(inner), inner)
        return binding is not None and _named(values, binding, depth)
    if inner.type == "ternary_expression":
        sides = [field(inner, "consequence"), field(inner, "alternative")]
    elif operator(inner) in ("??", "||"):
        sides = [field(inner, "right")]
    elif operator(inner) == "&&":
        sides = [field(inner, "left"), field(inner, "right")]
    else:
        sides = []
    return any(may_be_undefined(values, side, depth + 1) for side in sides if side is not None)


def _named(values: Values, binding: Binding, depth: int) -> bool:
    value, said = field(binding.node, "value"), annotation(binding.node)
    if binding.fallback is not None:
        return False
    if binding.steps:
        source = said if said is not None else _type_of(values, value)
        return len(binding.steps) != 1 or not _requires(values, source, str(binding.steps[0]))
    if binding.sort == "parameter":
        typed = said is not None and binding.node.type != "optional_parameter" and _whole(values, said)
        return value is None and not typed
    if binding.sort not in ("const", "variable"):
        return False
    return value is None or (binding.sort == "const" and may_be_undefined(values, value, depth + 1))


def _required_member(values: Values, member: Node) -> bool:
    owner, named = field(member, "object"), field(member, "property")
    if owner is None or named is None or any(each.type == "optional_chain" for each in member.children):
        return False
    return _requires(values, _type_of(values, owner), values.script.text(named))


def _written(values: Values, member: Node) -> bool:
    try:
        return bool(values.origins(member))
    except Untold:
        return False


def _type_of(values: Values, node: Node | None) -> Node | None:
    """What a name is declared to be."""
    inner = bare(node) if node is not None else None
    if inner is None or inner.type != "identifier":
        return None
    binding = values.scopes.find(values.script.text(inner), inner)
    return annotation(binding.node) if binding is not None and not binding.steps else None


def _requires(values: Values, said: Node | None, name: str) -> bool:
    """True when the type, as this file writes it, has the property in every case."""
    if said is not None and said.type == "type_identifier":
        binding = values.scopes.find(values.script.text(said), said, as_type=True)
        declared = binding.node if binding is not None else None
        said = field(declared, "body") or field(declared, "value")
    for each in parts(said) if said is not None else ():
        named = field(each, "name")
        if each.type == "property_signature" and named is not None and values.script.text(named) == name:
            typed = annotation(each)
            return typed is not None and _whole(values, typed) and all(child.type != "?" for child in each.children)
    return False


def _whole(values: Values, said: Node) -> bool:
    return "undefined" not in values.script.text(said)
