"""What a place in the code takes for granted: comparisons with texts that hold wherever it is come to.

Of `field === 'a' ? 'x' : field` the second `field` is not 'a', and a query that is made where `tab === 'a'` is not the one
that is ordered where `tab === 'b'`. Only names and members that nothing sets again are held to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.code import structures
from analyzer.code.syntax import bare, field, operator, parts, unescape
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.origin import Origin
    from analyzer.code.value import Values

_LEAVES = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default"})
_EQUAL = {"===": True, "==": True, "!==": False, "!=": False}
_DEEPEST = 20


class Case(Record, frozen=True):
    """What is compared, by the declaration that it begins with and as it is written, with which text, and whether it is that."""

    holder: int
    said: str
    text: str
    equal: bool


def cases_at(values: Values, node: Node) -> tuple[Case, ...]:
    """What surely holds wherever this node is come to."""
    path = [*values.script.path(node), node]
    return tuple(case for outer, inner in pairwise(path) for case in _within(values, outer, inner))


def exclude(some: tuple[Case, ...], others: tuple[Case, ...]) -> bool:
    """True when not all of it can hold at once."""
    return any(
        (one.holder, one.said) == (other.holder, other.said)
        and (one.text == other.text) == (one.equal != other.equal)
        and (one.equal or other.equal)
        for one in some
        for other in others
    )


def narrowed(values: Values, node: Node, origins: Iterable[Origin]) -> Iterator[Origin]:
    """Without the texts that the name or member is not where it stands."""
    found = list(origins)
    texts = [_text(values, each.node) for each in found]
    held: list[Case] = []
    if len(set(texts) - {None}) > 1 and (key := _key(values, bare(node))) is not None:
        held = [each for each in cases_at(values, node) if (each.holder, each.said) == key]
    for origin, text in zip(found, texts, strict=True):
        if text is None or all((text == each.text) == each.equal for each in held):
            yield origin


def _text(values: Values, node: Node) -> str | None:
    node = node.named_children[0] if node.type == "literal_type" and node.named_child_count else bare(node)
    return unescape(values.script.text(node)[1:-1]) if node.type == "string" else None


def _within(values: Values, outer: Node, inner: Node) -> Iterator[Case]:
    """What a part of a statement or expression takes for granted."""
    if outer.type in ("if_statement", "ternary_expression"):
        condition = field(outer, "condition")
        if condition is not None and condition.id != inner.id:
            alternative = field(outer, "alternative")
            yield from _holds(values, condition, alternative is None or alternative.id != inner.id)
    elif outer.type == "binary_expression" and operator(outer) in ("&&", "||"):
        left = field(outer, "left")
        if left is not None and left.id != inner.id:
            yield from _holds(values, left, operator(outer) == "&&")
    elif outer.type == "switch_body" and inner.type in ("switch_case", "switch_default"):
        yield from _chosen(values, outer, inner)
    if outer.type in _BLOCKS:
        yield from _left_before(values, outer, inner)


def _left_before(values: Values, block: Node, inner: Node) -> Iterator[Case]:
    """What is known behind `if (tab !== 'a') return;`."""
    for each in block.named_children:
        if each.start_byte >= inner.start_byte:
            return
        condition = field(each, "condition") if each.type == "if_statement" else None
        if condition is not None and field(each, "alternative") is None and _leaves(field(each, "consequence")):
            yield from _holds(values, condition, truth=False)


def _leaves(statement: Node | None) -> bool:
    if statement is not None and statement.type == "statement_block":
        inside = parts(statement)
        statement = inside[-1] if inside else None
    return statement is not None and statement.type in _LEAVES


def _chosen(values: Values, body: Node, branch: Node) -> Iterator[Case]:
    """The case of a `switch`, unless the one before may go on into it."""
    switch = values.script.path(body)[-1]
    compared = field(switch, "value")
    branches = parts(body)
    at = next(number for number, each in enumerate(branches) if each.id == branch.id)
    if compared is None or (at and not _leaves(_last(branches[at - 1]))):
        return
    if branch.type == "switch_case":
        yield from _compared(values, compared, field(branch, "value"), equal=True)
    else:
        for each in branches:
            yield from _compared(values, compared, field(each, "value"), equal=False)


def _last(branch: Node) -> Node | None:
    inside = [each for each in parts(branch) if each.id != getattr(field(branch, "value"), "id", None)]
    return inside[-1] if inside else None


def _holds(values: Values, condition: Node, truth: bool, depth: int = 0) -> Iterator[Case]:
    """What follows from a condition that is true or false."""
    condition = bare(condition)
    sides = field(condition, "left"), field(condition, "right")
    kind = operator(condition)
    if depth > _DEEPEST:
        return
    if condition.type == "unary_expression" and kind == "!":
        inner = field(condition, "argument")
        if inner is not None:
            yield from _holds(values, inner, not truth, depth + 1)
    elif condition.type == "binary_expression" and kind == ("&&" if truth else "||"):
        for side in sides:
            if side is not None:
                yield from _holds(values, side, truth, depth + 1)
    elif condition.type == "binary_expression" and kind in _EQUAL:
        yield from _compared(values, sides[0], sides[1], equal=_EQUAL[kind] == truth)


def _compared(values: Values, one: Node | None, other: Node | None, *, equal: bool) -> Iterator[Case]:
    for said, text in ((one, other), (other, one)):
        told = _text(values, text) if said is not None and text is not None else None
        key = _key(values, bare(said)) if said is not None and told is not None else None
        if key is not None and told is not None:
            yield Case(*key, told, equal)


def _key(values: Values, node: Node) -> tuple[int, str] | None:
    """By what a name or a member is known; None for what may become another."""
    first = node
    while first.type == "member_expression":
        owner, name = field(first, "object"), field(first, "property")
        if (
            owner is None
            or name is None
            or structures.set_later(values, values.script.text(owner), values.script.text(name))
        ):
            return None
        first = bare(owner)
    if first.type not in ("identifier", "shorthand_property_identifier"):
        return None
    binding = values.scopes.find(values.script.text(first), first)
    if binding is None or (binding.sort != "const" and values.callers.assigned(binding) != []):
        return None
    return binding.node.id, values.script.text(node)
