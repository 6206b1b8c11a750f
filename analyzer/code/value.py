"""What an expression can be: every place of the file in which its value may be written.

The origins of an expression are the literals, objects, arrays and types that it leads back to through constants,
members, conditions, loops and parameters. When all of them are texts, the name at a call is known. When one of them is
not, `Untold` is raised with the reason, since a finding about half of the names would be a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.code import bindings, calls, cases, structures, types
from analyzer.code.callers import Callers
from analyzer.code.elsewhere import Elsewhere
from analyzer.code.origin import DEEPEST, MOST_STEPS, MOST_TEXTS, Origin, Text, Untold, by_way_of
from analyzer.code.scope import Scopes
from analyzer.code.script import Script
from analyzer.code.syntax import CASTS, bare, cast_type, operator, parts, terms, unescape, unwrapped
from analyzer.model.crossing import NOTHING_KNOWN
from analyzer.model.facts import Via
from analyzer.model.query import SourceName

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMED = frozenset({"identifier", "shorthand_property_identifier", "member_expression"})
_NOTHING = frozenset({"null", "undefined"})
_REASONS = {"call_expression": "result of a call", "subscript_expression": "item of a list that is not in this file"}


# Reads SQL that begins at a byte of the file: the relations that it names, each with what is done to it.
RelationsIn = Callable[[str, int], tuple[tuple[str, SourceName], ...]]


def no_relations(sql: str, start: int) -> tuple[tuple[str, SourceName], ...]:
    """Reads no SQL."""
    return ()


class Values:
    """Answers what expressions of one file can be."""

    def __init__(
        self, script: Script, elsewhere: Elsewhere | None = None, relations_in: RelationsIn = no_relations
    ) -> None:
        self.relations_in = relations_in
        self.script = script
        self.elsewhere = elsewhere or Elsewhere(NOTHING_KNOWN)
        self.scopes = Scopes(script)
        self.callers = Callers(script, self.scopes)
        self.open: set[int | tuple[int, str]] = set()
        self._steps = 0

    def texts(self, node: Node) -> tuple[Text, ...]:
        """Every text that the expression can be, each once, in order. Raises `Untold` when that cannot be known."""
        self._begin()
        found: dict[str, Text] = {}
        for text in islice(self.follow_texts(node, 0), MOST_TEXTS + 1):
            found.setdefault(text.text, text)
        if len(found) > MOST_TEXTS:
            raise Untold("too many values")
        if not found:
            raise Untold("no value that is a text")
        return tuple(found.values())

    def origins(self, node: Node) -> tuple[Origin, ...]:
        """Where the value of the expression may be written. Raises `Untold` when that cannot be known."""
        self._begin()
        return tuple(self.follow(node, 0))

    def entry(self, node: Node, key: str) -> Node | None:
        """The value that an object gives for a key; None without it. Raises `Untold` when that cannot be known."""
        for origin in self.origins(node):
            holder = bare(origin.node)
            if holder.type != "object":
                raise Untold("object that is not in this file")
            if (found := structures.object_property(self, holder, key)) is not None:
                return found
            if not all(map(structures.is_named, parts(holder))):
                raise Untold("object that is not all in this file")
        return None

    def head(self, node: Node) -> str:
        """The text with which the expression surely begins: up to the first part of it that is no literal."""
        node = bare(node)
        first = bare(terms(node)[0])
        if first.type == "template_string":
            filled = next((each for each in first.named_children if each.type == "template_substitution"), None)
            return self._slice(first.start_byte + 1, filled.start_byte if filled is not None else first.end_byte - 1)
        return self._slice(first.start_byte + 1, first.end_byte - 1) if first.type == "string" else ""

    def follow(self, node: Node, depth: int) -> Iterator[Origin]:
        """The origins of an expression or a type, as a step of a longer way."""
        self._steps += 1
        if depth > DEEPEST or self._steps > MOST_STEPS:
            raise Untold("too involved to follow")
        if (inner := unwrapped(node)) is not None:
            yield from self._unwrapped(node, inner, depth + 1)
        elif (read := _READERS.get(node.type)) is not None:
            found = read(self, node, depth + 1)
            yield from cases.narrowed(self, node, found) if node.type in _NAMED else found
        else:
            yield Origin(node)

    def follow_texts(self, node: Node, depth: int) -> Iterator[Text]:
        """The texts of an expression or a type, as a step of a longer way."""
        for origin in self.follow(node, depth):
            for text in self._written(origin.node, depth + 1):
                yield text if origin.via is None else replace(text, via=origin.via)

    def only_texts(self, said: Node, depth: int) -> list[Origin] | None:
        """The literals of a type; None when it allows more than these."""
        try:
            found = list(self.follow(said, depth))
            texts = [text for each in found for text in self._written(each.node, depth)]
        except Untold:
            return None
        return list(by_way_of("union", found)) if texts else None

    def _begin(self) -> None:
        self._steps = 0
        self.open.clear()

    def _unwrapped(self, node: Node, inner: Node, depth: int) -> Iterator[Origin]:
        if node.type not in CASTS:
            yield from self.follow(inner, depth)
            return
        try:
            found = list(self.follow(inner, depth))
        except Untold:
            said = cast_type(node)
            known = self.only_texts(said, depth) if said is not None else None
            if known is None:
                raise
            found = known
        yield from (Origin(each.node, each.via or "cast") for each in found)

    def _written(self, node: Node, depth: int) -> Iterator[Text]:
        if node.type == "literal_type" and node.named_child_count:
            node = node.named_children[0]
        kind = node.type
        if kind == "string":
            yield Text(unescape(self.script.text(node)[1:-1]), "literal", node)
        elif kind in ("property_identifier", "shorthand_property_identifier"):
            yield Text(self.script.text(node), "literal")
        elif kind == "template_string":
            yield from self._template(node, depth)
        elif kind == "binary_expression" and operator(node) == "+":
            yield from self._sum(node, depth)
        elif kind == "call_expression":
            yield from calls.joined(self, node, depth)
        elif kind not in _NOTHING:
            raise Untold(_REASONS.get(kind, f"{kind.replace('_', ' ')}, which is no text"))

    def _template(self, node: Node, depth: int) -> Iterator[Text]:
        filled = [child for child in node.named_children if child.type == "template_substitution"]
        if not filled:
            yield Text(self._slice(node.start_byte + 1, node.end_byte - 1), "literal", node)
            return
        pieces: list[list[str]] = []
        at = node.start_byte + 1
        for child in filled:
            pieces.append([self._slice(at, child.start_byte)])
            pieces.append(self._substituted(child, depth))
            at = child.end_byte
        pieces.append([self._slice(at, node.end_byte - 1)])
        yield from (Text("".join(combined), "constant") for combined in product(*pieces))

    def _substituted(self, node: Node, depth: int) -> list[str]:
        try:
            return [text.text for each in parts(node) for text in self.follow_texts(each, depth)]
        except Untold as untold:
            raise Untold("template literal with substitutions") from untold

    def _sum(self, node: Node, depth: int) -> Iterator[Text]:
        added = terms(node)
        if len(added) > DEEPEST:
            raise Untold("too involved to follow")
        choices = [[text.text for text in self.follow_texts(term, depth)] for term in added]
        via: Via = "literal" if all(len(each) == 1 for each in choices) else "conditional"
        yield from (Text("".join(combined), via) for combined in product(*choices))

    def _slice(self, start: int, end: int) -> str:
        return unescape(self.script.data[start:end].decode("utf-8", "replace"))


_READERS: dict[str, Callable[[Values, Node, int], Iterator[Origin]]] = {
    "identifier": bindings.name,
    "shorthand_property_identifier": bindings.name,
    "this": bindings.this,
    "call_expression": calls.call,
    "ternary_expression": bindings.condition,
    "binary_expression": bindings.default,
    "member_expression": structures.member,
    "subscript_expression": structures.subscript,
    **types.READERS,
}
