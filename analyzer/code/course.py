"""Where a query goes on: its chain, and what is called on it through variables and the functions that return it.

A query is built where it stands: `q.eq(…)` as a statement of its own narrows it as `q = q.eq(…)` does. It is sent when it is
awaited, so what an async function returns is its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import TYPE_CHECKING

from analyzer.code.cases import cases_at, exclude
from analyzer.code.chain import Link, Onward, onward
from analyzer.code.scope import Binding
from analyzer.code.syntax import FUNCTIONS, WRAPPERS, bare, field, operator

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_SENT = frozenset({"then", "catch", "finally"})
_GATHERING = frozenset({"Promise.all", "Promise.allSettled", "Promise.race", "Promise.any"})
_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default", "if_statement", "else_clause"})
_MOST = 60


@dataclass(slots=True)
class Course:
    """The calls on a query: one list for each expression, in which a later ``select`` replaces an earlier one.

    ``open`` is True when the query goes where it could not be followed.
    """

    pieces: list[tuple[Link, ...]] = field_of(default_factory=list)
    open: bool = False

    def first(self, names: Iterable[str]) -> str | None:
        """The first of these methods that is called."""
        return next((link.name for links in self.pieces for link in links if link.name in names), None)


def course_of(values: Values, start: Onward, *, several: bool = False) -> Course:
    """Follow a query from the calls on it; one to ``several`` names not to the callers, each of which may mean one of them."""
    found = _Following(values, several)
    found.piece(start)
    return found.course


class _Following:
    def __init__(self, values: Values, several: bool) -> None:
        self.values = values
        self.several = several
        self.course = Course()
        self._met: set[int] = set()
        self._known: dict[tuple[int, str], tuple[list[Node], list[tuple[int, range]]]] = {}

    def piece(self, part: Onward) -> None:
        """The calls of one expression, then what becomes of it."""
        if part.links:
            self.course.pieces.append(part.links)
        if part.awaited or any(link.name in _SENT for link in part.links):
            return
        if len(self.course.pieces) > _MOST:
            self.course.open = True
        else:
            self._goes(part.end)

    def _goes(self, node: Node) -> None:
        node, path = self._climbed(node)
        holder = path[-1] if path else None
        if holder is None or holder.type in ("expression_statement", "await_expression"):
            return
        name = field(holder, "left" if holder.type == "assignment_expression" else "name")
        right = field(holder, "right" if holder.type == "assignment_expression" else "value")
        if right is not None and right.id == node.id and name is not None and name.type == "identifier":
            self._variable(name, node)
        elif holder.type == "return_statement":
            self._returned(next((each for each in reversed(path) if each.type in FUNCTIONS), None))
        elif holder.type == "arrow_function":
            self._returned(holder)
        elif not (holder.type == "array" and self._gathered(path)):
            self.course.open = True

    def _climbed(self, node: Node) -> tuple[Node, list[Node]]:
        """Out of parentheses, conditions and defaults that hand the query on."""
        path = self.values.script.path(node)
        while path and path[-1].type != "await_expression":
            outer = path[-1]
            chosen = outer.type == "ternary_expression" and node.id != getattr(field(outer, "condition"), "id", None)
            if not (outer.type in WRAPPERS or chosen or operator(outer) in ("??", "||", "&&")):
                break
            node = path.pop()
        return node, path

    def _gathered(self, path: list[Node]) -> bool:
        """True for an item of `Promise.all([…])`."""
        call = path[-3] if len(path) > 2 and path[-2].type == "arguments" else None
        function = field(call, "function")
        return function is not None and self.values.script.text(function) in _GATHERING

    # --- variables ----------------------------------------------------------------------------------------------------

    def _variable(self, name: Node, given: Node) -> None:
        binding = self.values.scopes.find(self.values.script.text(name), name)
        if binding is None or binding.sort not in ("const", "variable") or binding.steps:
            self.course.open = True
            return
        uses, roots = self._places(binding)
        others = [block for start, block in roots if start > given.end_byte]
        held = cases_at(self.values, given)
        for use in uses:
            if use.start_byte <= given.end_byte or use.id in self._met or _within(use, others):
                continue
            if not (held and exclude(held, cases_at(self.values, use))):
                self._met.add(use.id)
                self._used(use)

    def _places(self, binding: Binding) -> tuple[list[Node], list[tuple[int, range]]]:
        key = (binding.node.id, binding.name)
        if key not in self._known:
            uses = list(self._uses(binding))
            self._known[key] = uses, list(self._roots(binding, uses))
        return self._known[key]

    def _uses(self, binding: Binding) -> Iterator[Node]:
        declared = field(binding.node, "name")
        within = next((each for each in reversed(self.values.script.path(binding.node)) if each.type in _BLOCKS), None)
        for node in self.values.script.occurrences(binding.name, within):
            named = node.type in ("identifier", "shorthand_property_identifier")
            own = declared is not None and node.id == declared.id
            if named and not own and self.values.scopes.find(binding.name, node) == binding:
                yield node

    def _roots(self, binding: Binding, uses: list[Node]) -> Iterator[tuple[int, range]]:
        """Where the variable is given another query, and the bytes in which that one has replaced the first."""
        for use in uses:
            path = self.values.script.path(use)
            left, right = field(path[-1], "left"), field(path[-1], "right")
            if path[-1].type != "assignment_expression" or left is None or right is None or left.id != use.id:
                continue
            if not self._begins_with(right, binding.name):
                block = next((each for each in reversed(path) if each.type in _BLOCKS), path[0])
                yield use.start_byte, range(path[-1].end_byte, block.end_byte)

    def _begins_with(self, node: Node, name: str) -> bool:
        """True for `q.eq(…)`, also in a condition that leaves `q` as it is."""
        waiting = [node]
        while waiting:
            each = bare(waiting.pop())
            if each.type == "ternary_expression":
                waiting += [
                    side for side in (field(each, "consequence"), field(each, "alternative")) if side is not None
                ]
            elif each.type == "call_expression" and (function := field(each, "function")) is not None:
                waiting.append(function)
            elif each.type == "member_expression" and (owner := field(each, "object")) is not None:
                waiting.append(owner)
            elif each.type == "identifier" and self.values.script.text(each) == name:
                return True
        return False

    def _used(self, use: Node) -> None:
        path = self.values.script.path(use)
        left = field(path[-1], "left") if path[-1].type == "assignment_expression" else None
        if left is not None and left.id == use.id:
            return
        owner = field(path[-1], "object") if path[-1].type == "member_expression" else None
        part = onward(self.values.script, use)
        if owner is None or part.links:
            self.piece(part)

    # --- functions ----------------------------------------------------------------------------------------------------

    def _returned(self, function: Node | None) -> None:
        if function is None or any(each.type == "async" for each in function.children):
            return
        calls = None if self.several else self.values.callers.calls(function)
        if calls is None:
            self.course.open = True
        for call in calls or ():
            if call.id not in self._met:
                self._met.add(call.id)
                self.piece(onward(self.values.script, call))


def _within(node: Node, ranges: list[range]) -> bool:
    return any(node.start_byte in each for each in ranges)
