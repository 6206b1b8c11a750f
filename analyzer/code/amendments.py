"""What is done to an object or a list after it is made: keys set and deleted, rows pushed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from analyzer.code.scope import Binding
from analyzer.code.script import span_of
from analyzer.code.syntax import FUNCTIONS, MEMBERS, WRAPPERS, arguments, field, operator, unescape
from analyzer.model.facts import Name
from analyzer.model.record import Record
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default"})
_SETTING = re.compile(rb"[\w$)\]]\s*(?:\.\s*[\w$]+|\[[^\]]*\])\s*=(?![=>])")
_CONDITIONAL = frozenset({"if_statement", "else_clause", "ternary_expression", "binary_expression", *FUNCTIONS})
# What reads an object that it is given, and adds no key to it.
_READERS = re.compile(
    r"(?:console|JSON|Object|Array|Promise|Math|logger|log|toast)\s*\??\.\s*\w+|(?:set|on|handle)[A-Z]\w*|"
    r"(?:.*\.)?(?:insert|update|upsert|push|unshift|rpc|set|add|has|includes|concat|eq|match|error|warn|info|debug|log|"
    r"parse|safeParse|json|emit|send|dispatch|invoke|setQueryData)|structuredClone|String|Boolean|expect|fetch|resolve|"
    r"Object\.keys",
    re.DOTALL,
)


class Amendment(Record, frozen=True):
    """One change: a key that is set (``sure`` when nothing decides about it) or deleted, rows that are pushed.

    ``changed`` is a change that could not be understood.
    """

    sort: Literal["set", "delete", "push", "changed"]
    name: Name | None = None
    given: tuple[Node, ...] = ()
    sure: bool = False


def amendments(values: Values, binding: Binding, at: Node) -> Iterator[Amendment]:
    """Every change of the variable's value before the place, and of a list wherever it stands."""
    script = values.script
    home = [each for each in script.path(binding.node) if each.type in _BLOCKS or each.type in FUNCTIONS]
    declared = field(binding.node, "name") or binding.node
    for node in script.occurrences(binding.name, home[-1] if home else None):
        outside = not declared.start_byte <= node.start_byte < declared.end_byte
        if node.type == "identifier" and outside and values.scopes.find(binding.name, node) == binding:
            if node.start_byte >= at.start_byte and not _in_loop_with(script.path(node), at):
                return
            found = _amendment(values, node, script.path(node), home[-1].id if home else 0)
            if found is not None:
                yield found


def _in_loop_with(path: list[Node], at: Node) -> bool:
    return any(
        each.type in ("for_statement", "for_in_statement", "while_statement", "do_statement")
        and each.start_byte <= at.start_byte < each.end_byte
        for each in path
    )


def _amendment(values: Values, node: Node, path: list[Node], home: int) -> Amendment | None:
    inner = node
    while path and path[-1].type in WRAPPERS:
        inner = path.pop()
    holder = path.pop() if path else None
    owner = field(holder, "object")
    if holder is None:
        return None
    if owner is not None and owner.id == inner.id:
        return _on_member(values, holder, path, home)
    if holder.type == "for_in_statement":
        return Amendment("changed") if _sets_keys(values, holder) else None
    if holder.type == "arguments" and path:
        function = field(path[-1], "function")
        text = values.script.text(function) if function is not None else ""
        assigned = text == "Object.assign" and arguments(path[-1])[0].id == inner.id
        return Amendment("changed") if assigned or not _READERS.fullmatch(text) else None
    return None


def _on_member(values: Values, member: Node, path: list[Node], home: int) -> Amendment | None:
    inner = member
    while path and path[-1].type in WRAPPERS:
        inner = path.pop()
    holder = path[-1] if path else None
    if holder is None:
        return None
    if holder.type in ("assignment_expression", "augmented_assignment_expression"):
        left, right = field(holder, "left"), field(holder, "right")
        if left is None or right is None or left.id != inner.id:
            return None
        name = _key(values, member)
        sure = holder.type == "assignment_expression" and not _conditional(path, home)
        return Amendment("set", name, (right,), sure) if name is not None else Amendment("changed")
    if holder.type == "unary_expression" and operator(holder) == "delete":
        name = _key(values, member)
        return Amendment("delete", name) if name is not None else Amendment("changed")
    if member.type == "subscript_expression" and holder.type in MEMBERS and field(path[-2], "left") == holder:
        return Amendment("changed")
    if holder.type == "call_expression" and member.type == "member_expression":
        return _on_list(values, member, holder)
    return None


def _on_list(values: Values, member: Node, call: Node) -> Amendment | None:
    named = field(member, "property")
    method = values.script.text(named) if named is not None else ""
    if method in ("push", "unshift"):
        given = (each.named_children[0] if each.type == "spread_element" else each for each in arguments(call))
        return Amendment("push", given=tuple(given))
    changed = method in ("splice", "fill") or (method == "forEach" and _sets_keys(values, call))
    return Amendment("changed") if changed else None


def _sets_keys(values: Values, node: Node) -> bool:
    """True when a key of something is set within: it may be one of the elements."""
    return _SETTING.search(values.script.data, node.start_byte, node.end_byte) is not None


def _key(values: Values, member: Node) -> Name | None:
    if member.type == "member_expression":
        named = field(member, "property")
        return Name(values.script.text(named), span_of(named)) if named is not None else None
    index = field(member, "index")
    if index is None or index.type != "string":
        return None
    span = span_of(index)
    return Name(unescape(values.script.text(index)[1:-1]), Span(span.start + 1, span.end - 1))


def _conditional(path: list[Node], home: int) -> bool:
    """True when something between the block of the declaration and the change decides whether it happens."""
    for each in reversed(path):
        if each.id == home:
            return False
        if each.type in _CONDITIONAL or (each.type.endswith("_statement") and each.type != "expression_statement"):
            return each.type != "statement_block"
    return True
