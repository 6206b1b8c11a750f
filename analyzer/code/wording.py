"""The text that an expression spells, with the place of every character.

What is written in the expression itself has the place of its characters, right across escapes, line breaks, `+` and
`${…}`. What stands elsewhere, in a constant, has the place of the expression that brings it in. A part that cannot be known
is a hole: one character of its own, so that the parts around it stay readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.code.literals import truth
from analyzer.code.origin import Text, Untold
from analyzer.code.script import span_of
from analyzer.code.syntax import arguments, bare, escapes, field, operator, parts, terms
from analyzer.model.facts import Name, Via
from analyzer.model.record import Record
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

# No file that is read holds the byte.
HOLE = "\0"
_SIDES = (("consequence", True), ("alternative", False))
MOST_WORDINGS = 24
_DEEPEST = 12
_SURROGATE = re.compile("[\ud800-\udfff]")
# `.replace(/\s+/g, '')` and its like, which change white space alone.
_SPACE_ALONE = re.compile(r"/(?:\\s|\\n|\\r|\\t| |\[[\\srnt ]+\]|[+*|]|\(\?:|\)|\^|\$)+/[gm]*")


class Wording(Record, frozen=True):
    """A text, the first and last byte of each of its characters, and where the whole of it stands."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    span: Span
    via: Via = "literal"

    @property
    def whole(self) -> bool:
        """True when all of it is known."""
        return HOLE not in self.text

    def part(self, start: int, end: int) -> Span:
        """The bytes of some of its characters; for none, those of the one before or of the whole."""
        if start >= end:
            return self.part(max(start - 1, 0), max(start, 1)) if self.text else self.span
        return Span(self.starts[start], self.ends[end - 1])

    def name(self, text: str, start: int, end: int) -> Name:
        """What these characters name."""
        return Name(text, self.part(start, end), self.via)

    def kept(self, wanted: Iterable[int]) -> Wording:
        """Of its characters only these."""
        at = list(wanted)
        text = "".join([self.text[each] for each in at])
        return replace(
            self, text=text, starts=[self.starts[each] for each in at], ends=[self.ends[each] for each in at]
        )

    def elsewhere(self, span: Span, via: Via) -> Wording:
        """The same text, brought in by an expression at another place."""
        return Wording(self.text, [span.start] * len(self.text), [span.end] * len(self.text), span, via)


def wordings(values: Values, node: Node) -> tuple[Wording, ...]:
    """Every text that the expression can be, with holes for its unknown parts. Raises `Untold` when nothing of it is known."""
    return _wordings(values, node, 0)


def _wordings(values: Values, node: Node, depth: int) -> tuple[Wording, ...]:
    if depth > _DEEPEST:
        raise Untold("too involved to follow")
    inner = bare(node)
    if inner.type == "string":
        return (_spelt(values.script.data, inner.start_byte + 1, inner.end_byte - 1, span_of(inner)),)
    if inner.type == "template_string":
        return _joined(span_of(inner), _template(values, inner, depth))
    if inner.type == "binary_expression" and operator(inner) == "+":
        return _joined(span_of(inner), [_known(values, term, depth) for term in terms(inner)])
    if inner.type == "ternary_expression":
        chosen = truth(values, condition) if (condition := field(inner, "condition")) is not None else None
        sides = [field(inner, name) for name, kept in _SIDES if chosen in (kept, None)]
        return tuple(each for side in sides if side is not None for each in _wordings(values, side, depth + 1))
    made = _made(values, inner, depth) if inner.type == "call_expression" else None
    return made if made is not None else _from_elsewhere(values, node, depth)


def _from_elsewhere(values: Values, node: Node, depth: int) -> tuple[Wording, ...]:
    span = span_of(node)
    try:
        found = values.texts(node)
    except Untold:
        written = _origins(values, node)
        if not written:
            raise
        spelt = [each for one in written for each in _wordings(values, one, depth + 1)]
        return tuple(each.elsewhere(span, "constant") for each in spelt[:MOST_WORDINGS])
    if any(each.via == "union" for each in found):
        # What a type lists may never be given.
        raise Untold("one of the texts that a type allows")
    return tuple(_told(each, span) for each in found)


def _origins(values: Values, node: Node) -> list[Node]:
    """Where the text is put together: as a constant, or behind the last step that could be followed."""
    inner = bare(node)
    binding = values.scopes.find(values.script.text(inner), inner) if inner.type == "identifier" else None
    value = field(binding.node, "value") if binding is not None and binding.sort == "const" else None
    if binding is not None and value is not None and not binding.steps:
        return [value]
    try:
        return [
            origin.node
            for origin in values.origins(inner)
            if bare(origin.node).id != inner.id and origin.via != "union"
        ]
    except Untold:
        return []


def _told(text: Text, span: Span) -> Wording:
    return Wording(text.text, (), (), span, text.via).elsewhere(span, text.via)


def _made(values: Values, call: Node, depth: int) -> tuple[Wording, ...] | None:
    """What `[…].join(',')`, `.trim()` and a change of white space make; None for other calls."""
    function, given = field(call, "function"), arguments(call)
    owner, named = field(function, "object"), field(function, "property")
    if owner is None or named is None:
        return None
    method = values.script.text(named)
    if method == "join":
        return _list(values, owner, given, depth)
    blanks = method == "replace" and given and _SPACE_ALONE.fullmatch(values.script.text(given[0]))
    return _wordings(values, owner, depth + 1) if method == "trim" or blanks else None


def _list(values: Values, owner: Node, given: list[Node], depth: int) -> tuple[Wording, ...] | None:
    listed = bare(owner)
    if listed.type != "array":
        origins = values.origins(owner)
        if len(origins) != 1 or bare(origins[0].node).type != "array":
            return None
        found = _list(values, origins[0].node, given, depth + 1)
        span = span_of(owner)
        return tuple(each.elsewhere(span, "constant") for each in found) if found is not None else None
    between = _wordings(values, given[0], depth + 1)[0].text if given else ","
    pieces: list[tuple[Wording, ...]] = []
    for item in parts(listed):
        at = Span(item.start_byte, item.start_byte)
        pieces += [(_told(Text(between, "literal"), at),)] if pieces else []
        pieces.append((_hole(item),) if item.type == "spread_element" else _known(values, item, depth))
    return _joined(span_of(listed), pieces)


def _template(values: Values, node: Node, depth: int) -> list[tuple[Wording, ...]]:
    pieces: list[tuple[Wording, ...]] = []
    at, data = node.start_byte + 1, values.script.data
    for child in node.named_children:
        if child.type != "template_substitution":
            continue
        pieces.append((_spelt(data, at, child.start_byte, span_of(node)),))
        filled = parts(child)
        pieces.append(_known(values, filled[0], depth) if filled else (_hole(child),))
        at = child.end_byte
    return [*pieces, (_spelt(data, at, node.end_byte - 1, span_of(node)),)]


def _known(values: Values, node: Node, depth: int) -> tuple[Wording, ...]:
    """The texts of a part of a longer text; a hole when they cannot be known."""
    try:
        found = _wordings(values, node, depth + 1)
    except Untold:
        return (_hole(node),)
    return found if 0 < len(found) <= MOST_WORDINGS // 2 else (_hole(node),)


def _hole(node: Node) -> Wording:
    return Wording(HOLE, (node.start_byte,), (node.end_byte,), span_of(node))


def _joined(span: Span, pieces: Sequence[tuple[Wording, ...]]) -> tuple[Wording, ...]:
    """One after the other, in every combination."""
    count = 1
    for each in pieces:
        count *= len(each)
    if count > MOST_WORDINGS:
        raise Untold("too many values")
    if len(pieces) == 1:
        return pieces[0]
    return tuple(_sum(span, combined) for combined in product(*pieces))


def _sum(span: Span, pieces: tuple[Wording, ...]) -> Wording:
    starts = [at for each in pieces for at in each.starts]
    ends = [at for each in pieces for at in each.ends]
    via: Via = next((each.via for each in pieces if each.via != "literal"), "literal")
    return Wording("".join(each.text for each in pieces), starts, ends, span, via)


def _spelt(data: bytes, start: int, end: int, span: Span) -> Wording:
    """What these bytes of a literal stand for."""
    raw = data[start:end]
    if raw.isascii() and b"\\" not in raw:
        return Wording(raw.decode("ascii"), range(start, end), range(start + 1, end + 1), span)
    written = raw.decode("utf-8", "surrogateescape")
    places = [start]
    for char in written:
        places.append(places[-1] + len(char.encode("utf-8", "surrogateescape")))
    text: list[str] = []
    bounds: list[tuple[int, int]] = []
    at = 0
    for first, last, meant in escapes(written):
        text += [*written[at:first], *meant]
        bounds += [*((each, each + 1) for each in range(at, first)), *((first, last) for _ in meant)]
        at = last
    text += written[at:]
    bounds += ((each, each + 1) for each in range(at, len(written)))
    starts, ends = [places[first] for first, _ in bounds], [places[last] for _, last in bounds]
    return Wording(_SURROGATE.sub("\ufffd", "".join(text)), starts, ends, span)
