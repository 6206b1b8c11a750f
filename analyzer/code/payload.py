"""The objects that are sent: the rows of a write, the arguments of a function.

An object is followed from where it is written to where it is sent: through variables and what is set on them later, spreads,
conditions, lists and their `map`, and functions of the file. What a type says is not taken: a cast makes it say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.code.amendments import Amendment, amendments
from analyzer.code.bindings import callee, import_of, imported
from analyzer.code.leaving_out import may_be_undefined
from analyzer.code.literals import constants, is_undefined
from analyzer.code.origin import Untold
from analyzer.code.rows import Rows, merged, perhaps, placed, put
from analyzer.code.scope import Binding, key_text
from analyzer.code.script import span_of
from analyzer.code.shapes import shape
from analyzer.code.syntax import FUNCTIONS, arguments, bare, field, operator, parts
from analyzer.model.facts import Name
from analyzer.model.record import Record
from analyzer.model.request import Entry, Row
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_ELSEWHERE = "object that is not in this file"
_NOTHING = frozenset({"null", "undefined"})
_KEEPERS = frozenset({"filter", "slice", "sort", "reverse", "toSorted", "toReversed", "flat"})
_COPIERS = re.compile(r"structuredClone|Object\.freeze|Promise\.all|Array\.from|Array\.of|JSON\.parse|JSON\.stringify")
_DEEPEST = 12
_MOST_STEPS = 300


class Missing(Record, frozen=True):
    """A part of what is sent that could not be known, with the reason."""

    span: Span
    reason: str


def read_rows(values: Values, node: Node, *, strict: bool = False) -> tuple[Rows, tuple[Missing, ...]]:
    """The rows that an expression can be, and what of them could not be known.

    With ``strict`` a key is only perhaps there when its value may be undefined as far as the file shows.

    What other files bring has the place of the expression, and may hold more than they tell.
    """
    reader = _Reader(values, strict)
    found = reader.rows(node, 0)
    end, span = values.script.end, span_of(node)
    rows = [placed(row, end, span) for row in found.rows]
    missing = [each if each.span.start < end else Missing(span, each.reason) for each in reader.missing]
    if any(one is not other for one, other in zip(rows, found.rows, strict=True)):
        missing.append(Missing(span, "object of another file"))
    found.rows = rows
    return found, tuple(dict.fromkeys(missing))


class _Reader:
    def __init__(self, values: Values, strict: bool) -> None:
        self.values = values
        self.strict = strict
        self.missing: list[Missing] = []
        self._steps = 0

    # --- rows ---------------------------------------------------------------------------------------------------------

    def rows(self, node: Node, depth: int) -> Rows:
        """The rows that an expression can be."""
        self._steps += 1
        node = bare(node)
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            return self._unknown(node, "too involved to follow")
        if node.type in _NOTHING or is_undefined(self.values, node):
            return Rows()
        if node.type == "object":
            return Rows([self._row(node, depth)])
        if node.type == "array":
            return self._list(node, depth)
        if node.type in ("identifier", "shorthand_property_identifier"):
            return self._named(node, depth)
        if node.type == "call_expression":
            return self._called(node, depth)
        sides = _sides(node)
        if sides:
            return self._either(sides, depth)
        return self._origins(node, depth)

    def _either(self, nodes: Iterable[Node], depth: int) -> Rows:
        found = Rows()
        for each in nodes:
            found.add(self.rows(each, depth + 1))
        return found

    def _list(self, node: Node, depth: int) -> Rows:
        found = Rows(many=True)
        for item in parts(node):
            inner = parts(item)[0] if item.type == "spread_element" and parts(item) else item
            found.add(self.rows(inner, depth + 1))
        found.many = True
        return found

    def _origins(self, node: Node, depth: int) -> Rows:
        try:
            origins = [each.node for each in self.values.origins(node)]
        except Untold as untold:
            return self._unknown(node, str(untold))
        if not origins or any(bare(each).type not in ("object", "array") for each in origins):
            return self._unknown(node, _ELSEWHERE)
        return self._either(origins, depth)

    def _unknown(self, node: Node, reason: str) -> Rows:
        self.missing.append(Missing(span_of(node), reason))
        return Rows(complete=False)

    # --- names --------------------------------------------------------------------------------------------------------

    def _named(self, node: Node, depth: int) -> Rows:
        binding = self.values.scopes.find(self.values.script.text(node), node)
        if binding is None:
            return self._unknown(node, "name that is not declared in this file")
        if binding.sort == "opaque":
            return self._rest(binding, node, depth)
        given = self._given(binding)
        if isinstance(given, str):
            return self._unknown(node, given)
        found = self._either(given, depth)
        if binding.sort == "loop" or self.values.callers.iterated(binding.node) is not None:
            found.many = False
        return self._amended(found, binding, node, depth)

    def _given(self, binding: Binding) -> list[Node] | str:
        """Every expression that the name is given; else the reason for which they cannot be known."""
        if binding.steps:
            return "part of a value that is taken apart"
        if binding.sort == "import":
            found = self.values.elsewhere.imported(import_of(self.values, binding))
            return [found] if found is not None else imported(self.values, binding)
        holder = binding.node
        if binding.sort == "loop":
            over = field(holder, "right")
            return [over] if over is not None and operator(holder) == "of" else "loop over what is not in this file"
        if binding.sort == "parameter":
            listed = self.values.callers.iterated(holder)
            given = [listed] if listed is not None else self.values.callers.given(holder) or self._outside(holder)
            return given if given is not None else "parameter without a known caller"
        if binding.sort not in ("const", "variable"):
            return "name without a known value"
        value = field(holder, "value")
        assigned = [] if binding.sort == "const" else self.values.callers.assigned(binding)
        if assigned is None or (value is None and not assigned):
            return "variable that is set elsewhere"
        return assigned if value is None else [value, *assigned]

    def _outside(self, parameter: Node) -> list[Node] | None:
        """What the callers of other files and of this one give for a parameter; None when they are not all known."""
        taken = self.values.callers.exported(parameter)
        given = self.values.elsewhere.given(taken) if taken is not None else None
        inside = self.values.callers.inside(parameter) if given is not None else None
        return [*inside, *given] if inside is not None and given is not None else None

    def _rest(self, binding: Binding, node: Node, depth: int) -> Rows:
        """What `const { a, ...rest } = row` leaves."""
        pattern, value = field(binding.node, "name"), field(binding.node, "value")
        if pattern is None or value is None or pattern.type != "object_pattern":
            return self._unknown(node, "name without a known value")
        taken = {_taken(self.values, each) for each in parts(pattern) if each.type != "rest_pattern"}
        last = parts(pattern)[-1]
        if None in taken or last.type != "rest_pattern" or self.values.script.text(last)[3:].strip() != binding.name:
            return self._unknown(node, "name without a known value")
        found = self.rows(value, depth + 1)
        found.rows = [
            replace(row, entries=tuple(each for each in row.entries if each.name.text not in taken))
            for row in found.rows
        ]
        return self._amended(found, binding, node, depth)

    def _amended(self, found: Rows, binding: Binding, at: Node, depth: int) -> Rows:
        """The rows with what is set on the variable between its declaration and here."""
        for each in amendments(self.values, binding, at):
            if each.sort == "push":
                found.add(self._either((bare(item) for item in each.given), depth))
                found.many = True
            else:
                found.rows = [self._set(row, each, at) for row in found.rows]
        return found

    def _set(self, row: Row, amendment: Amendment, at: Node) -> Row:
        if amendment.sort == "changed" or amendment.name is None:
            self.missing.append(Missing(span_of(at), "object that is changed later"))
            return replace(row, complete=False)
        entries = {each.name.text: each for each in row.entries}
        if amendment.sort == "delete":
            known = entries.get(amendment.name.text)
            if known is not None:
                entries[known.name.text] = replace(known, maybe=True)
        else:
            entry = self._entry(amendment.name, amendment.given[0])
            put(entries, entry if amendment.sure else replace(entry, maybe=True, absent=False))
        return replace(row, entries=tuple(entries.values()))

    # --- calls --------------------------------------------------------------------------------------------------------

    def _called(self, call: Node, depth: int) -> Rows:
        function, given = field(call, "function"), arguments(call)
        owner, named = field(function, "object"), field(function, "property")
        text = self.values.script.text(function) if function is not None else ""
        if text == "Array.from" and len(given) > 1:
            return self._mapped(call, given[1], depth)
        if text == "Object.fromEntries" and (filtered := _filtered(self.values, given)) is not None:
            found = self.rows(filtered, depth + 1)
            found.rows = [perhaps(row) for row in found.rows]
            return found
        if text == "Object.assign" and given:
            return Rows([self._merged(given, call, depth)])
        if _COPIERS.fullmatch(text) and len(given) == 1:
            return self.rows(given[0], depth + 1)
        if owner is not None and named is not None:
            method = self.values.script.text(named)
            if method in ("map", "flatMap") and given:
                return self._mapped(call, given[0], depth)
            if method in _KEEPERS:
                return self.rows(owner, depth + 1)
            if method == "concat":
                return self._either((owner, *given), depth)
        target = callee(self.values, call)
        results = self.values.callers.results(target) if target is not None else []
        if not results:
            return self._unknown(call, "result of a call")
        found = self._either(results, depth)
        return self._shared(found, call) if any(map(self._by_case, results)) else found

    def _shared(self, found: Rows, call: Node) -> Rows:
        """Of rows of which each belongs to its own case, what all have: which case the call is of is not known."""
        keys = [{each.name.text for each in row.entries} for row in found.rows]
        names = set.intersection(*keys) if keys else set()
        if all(each == names for each in keys):
            return found
        self.missing.append(Missing(span_of(call), "object that differs from case to case"))
        found.rows = [
            replace(row, entries=tuple(each for each in row.entries if each.name.text in names), complete=False)
            for row in found.rows
        ]
        return found

    def _by_case(self, result: Node) -> bool:
        """True for what is returned in one case of several: within `switch`, or after a comparison with a text."""
        for outer in reversed(self.values.script.path(result)):
            condition = field(outer, "condition") if outer.type == "if_statement" else None
            if outer.type == "switch_case" or (condition is not None and _compares(bare(condition))):
                return True
            if outer.type in FUNCTIONS:
                break
        return False

    def _mapped(self, call: Node, function: Node, depth: int) -> Rows:
        """The rows that a `map` makes of each element."""
        target = bare(function)
        if target.type == "identifier":
            binding = self.values.scopes.find(self.values.script.text(target), target)
            value = field(binding.node, "value") if binding is not None and binding.sort == "const" else None
            target = bare(value) if value is not None else binding.node if binding is not None else target
        results = self.values.callers.results(target) if target.type in FUNCTIONS else []
        found = self._either(results, depth) if results else self._unknown(call, "result of a call")
        found.many = True
        return found

    # --- objects ------------------------------------------------------------------------------------------------------

    def _row(self, node: Node, depth: int) -> Row:
        entries: dict[str, Entry] = {}
        complete = True
        for each in parts(node):
            if each.type == "spread_element":
                complete = self._spread(entries, each, depth) and complete
            elif each.type == "shorthand_property_identifier":
                put(entries, self._entry(Name(self.values.script.text(each), span_of(each), shorthand=True), each))
            elif each.type == "pair":
                complete = self._pair(entries, each) and complete
            elif each.type != "method_definition" or any(child.type == "get" for child in each.children):
                complete = False
        return Row(tuple(entries.values()), complete, span_of(node))

    def _pair(self, entries: dict[str, Entry], pair: Node) -> bool:
        """Put in the entry of a pair; False when its key cannot be known."""
        key, value = field(pair, "key"), field(pair, "value")
        if key is None or value is None:
            return False
        name = self._key(key)
        if name is None:
            self.missing.append(Missing(span_of(key), "key that is computed"))
            return False
        put(entries, self._entry(name, value))
        return True

    def _key(self, key: Node) -> Name | None:
        span = span_of(key)
        if key.type == "computed_property_name":
            try:
                texts = self.values.texts(parts(key)[0]) if parts(key) else ()
            except Untold:
                return None
            return Name(texts[0].text, span, texts[0].via) if len(texts) == 1 else None
        return Name(
            key_text(self.values.script, key), Span(span.start + 1, span.end - 1) if key.type == "string" else span
        )

    def _entry(self, name: Name, value: Node) -> Entry:
        if is_undefined(self.values, value):
            return Entry(name, absent=True)
        found = constants(self.values, value)
        if len(found) == 1:
            return Entry(name, found[0], maybe=self._perhaps_undefined(value))
        return Entry(name, maybe=self._perhaps_undefined(value), shape=shape(self.values, value))

    def _perhaps_undefined(self, value: Node) -> bool:
        """True for `c ? x : undefined`, `x || undefined` and `c && x`."""
        inner = bare(value)
        if self.strict and may_be_undefined(self.values, inner):
            return True
        return any(is_undefined(self.values, side) for side in _sides(inner))

    def _merged(self, objects: list[Node], call: Node, depth: int) -> Row:
        """What `Object.assign(a, b)` makes: each one's keys over those of the ones before."""
        entries: dict[str, Entry] = {}
        known = [self._put_all(entries, bare(each), depth) for each in objects]
        return Row(tuple(entries.values()), all(known), span_of(call))

    def _spread(self, entries: dict[str, Entry], spread: Node, depth: int) -> bool:
        """Put in what `...x` brings; False when that cannot all be known."""
        return self._put_all(entries, bare(parts(spread)[0]) if parts(spread) else spread, depth)

    def _put_all(self, entries: dict[str, Entry], inner: Node, depth: int) -> bool:
        found = self.rows(inner, depth + 1)
        rows = found.rows
        if operator(inner) == "&&" or (inner.type == "ternary_expression" and _has_nothing(self.values, inner)):
            rows = [*rows, Row()]
        known = found.complete and not found.many and all(each.complete for each in rows)
        if not known:
            # What is not known may be one of the keys that are.
            for text, entry in list(entries.items()):
                entries[text] = replace(entry, value=None, absent=False, maybe=entry.maybe or entry.absent)
        for entry in merged(rows).entries if not found.many else ():
            put(entries, entry)
        return known


def _compares(condition: Node) -> bool:
    """True for `kind === 'a'`."""
    sides = (field(condition, "left"), field(condition, "right"))
    return operator(condition) in ("===", "==") and any(side is not None and side.type == "string" for side in sides)


def _filtered(values: Values, given: list[Node]) -> Node | None:
    """The object of `Object.entries(object).filter(…)`."""
    inner = bare(given[0]) if given else None
    while inner is not None and inner.type == "call_expression":
        function = field(inner, "function")
        owner, named = field(function, "object"), field(function, "property")
        if function is not None and values.script.text(function) == "Object.entries":
            return next(iter(arguments(inner)), None)
        inner = (
            bare(owner) if owner is not None and named is not None and values.script.text(named) == "filter" else None
        )
    return None


def _taken(values: Values, each: Node) -> str | None:
    """The key that an item of an object pattern takes out."""
    if each.type == "shorthand_property_identifier_pattern":
        return values.script.text(each)
    key = field(each, "key") or field(each, "left")
    return key_text(values.script, key) if key is not None and key.type != "computed_property_name" else None


def _sides(node: Node) -> list[Node]:
    """The expressions of which a condition or a default gives one."""
    if node.type == "ternary_expression":
        sides = [field(node, "consequence"), field(node, "alternative")]
    elif node.type == "binary_expression" and operator(node) in ("??", "||"):
        sides = [field(node, "left"), field(node, "right")]
    elif node.type == "binary_expression" and operator(node) == "&&":
        sides = [field(node, "right")]
    else:
        sides = []
    return [each for each in sides if each is not None]


def _has_nothing(values: Values, node: Node) -> bool:
    return any(bare(side).type in _NOTHING or is_undefined(values, side) for side in _sides(node))
