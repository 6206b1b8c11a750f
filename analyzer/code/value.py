"""What an expression can be: every place of the file in which its value may be written.

The origins of an expression are the literals, objects, arrays and types that it leads back to through constants,
members, conditions, loops and parameters. When all of them are texts, the name at a call is known. When one of them is
not, `Untold` is raised with the reason, since a finding about half of the names would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from analyzer.code.callers import Callers
from analyzer.code.scope import Binding, Scopes, key_text
from analyzer.code.script import Script
from analyzer.code.syntax import (
    CASTS,
    FUNCTIONS,
    annotation,
    arguments,
    bare,
    cast_type,
    field,
    parts,
    unescape,
    unwrapped,
)
from analyzer.model.facts import Via

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_TEXTS = 200
_MOST_STEPS = 2000
_DEEPEST = 40
_KEEPERS = frozenset({"filter", "slice", "sort", "reverse", "toSorted", "toReversed"})
_CHANGERS = rb"\s*\.\s*(?:push|unshift|splice|fill)\s*\("
_NOTHING = frozenset({"null", "undefined"})


class Untold(Exception):
    """The value cannot be known; the text is the reason in plain words."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in which a value is written, and the first step that leads there; None for the expression itself."""

    node: Node
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text that an expression can be; ``node`` is the one literal that holds the whole of it, if there is one."""

    text: str
    via: Via
    node: Node | None = None


class Values:
    """Answers what expressions of one file can be."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.scopes = Scopes(script)
        self._callers = Callers(script, self.scopes)
        self._steps = 0

    def texts(self, node: Node) -> tuple[Text, ...]:
        """Every text that the expression can be, each once, in order. Raises `Untold` when that cannot be known."""
        self._steps = 0
        found: dict[str, Text] = {}
        for text in islice(self._texts(node, 0), _MOST_TEXTS):
            found.setdefault(text.text, text)
        if not found:
            raise Untold("no value that is a text")
        return tuple(found.values())

    def origins(self, node: Node) -> tuple[Origin, ...]:
        """Where the value of the expression may be written. Raises `Untold` when that cannot be known."""
        self._steps = 0
        return tuple(self._origins(node, 0))

    def entry(self, node: Node, key: str) -> Node | None:
        """The value that an object gives for a key; None without it. Raises `Untold` when that cannot be known."""
        for origin in self.origins(node):
            holder = bare(origin.node)
            if holder.type != "object":
                raise Untold("object that is not in this file")
            if (found := self._object_property(holder, key)) is not None:
                return found
            if any(each.type == "spread_element" for each in parts(holder)):
                raise Untold("object that is not all in this file")
        return None

    def results(self, function: Node) -> list[Node]:
        """The expressions that a function of this file returns."""
        return self._callers.results(function)

    # Texts

    def _texts(self, node: Node, depth: int) -> Iterator[Text]:
        for origin in self._origins(node, depth):
            for text in self._written(origin.node, depth + 1):
                yield text if origin.via is None else replace(text, via=origin.via)

    def _written(self, node: Node, depth: int) -> Iterator[Text]:
        kind = node.type
        if kind == "literal_type" and node.named_child_count:
            node = node.named_children[0]
            kind = node.type
        if kind == "string":
            yield Text(unescape(self.script.text(node)[1:-1]), "literal", node)
        elif kind == "property_identifier":
            yield Text(self.script.text(node), "literal", node)
        elif kind == "template_string":
            yield from self._template(node, depth)
        elif kind == "binary_expression" and _operator(node) == "+":
            yield from self._sum(node, depth)
        elif kind not in _NOTHING:
            raise Untold(_REASONS.get(kind, f"{kind.replace('_', ' ')}, which is no text"))

    def _template(self, node: Node, depth: int) -> Iterator[Text]:
        filled = [child for child in node.named_children if child.type == "template_substitution"]
        if not filled:
            yield Text(unescape(self.script.text(node)[1:-1]), "literal", node)
            return
        pieces: list[list[str]] = []
        at = node.start_byte + 1
        for child in filled:
            pieces.append([self._slice(at, child.start_byte)])
            pieces.append([text.text for each in parts(child) for text in self._known(each, depth)])
            at = child.end_byte
        pieces.append([self._slice(at, node.end_byte - 1)])
        yield from (Text("".join(combined), "constant") for combined in product(*pieces))

    def _known(self, node: Node, depth: int) -> list[Text]:
        try:
            return list(self._texts(node, depth))
        except Untold as untold:
            raise Untold("template literal with substitutions") from untold

    def _sum(self, node: Node, depth: int) -> Iterator[Text]:
        terms = self._terms(node)
        if len(terms) > _DEEPEST:
            raise Untold("too involved to follow")
        choices = [[text.text for text in self._texts(term, depth)] for term in terms]
        yield from (Text("".join(combined), "literal") for combined in product(*choices))

    def _terms(self, node: Node) -> list[Node]:
        terms: list[Node] = []
        waiting = [node]
        while waiting:
            each = waiting.pop()
            left, right = field(each, "left"), field(each, "right")
            if each.type == "binary_expression" and _operator(each) == "+" and left is not None and right is not None:
                waiting += [right, left]
            else:
                terms.append(each)
        return terms

    def _slice(self, start: int, end: int) -> str:
        return unescape(self.script.data[start:end].decode("utf-8", "replace"))

    # Origins

    def _origins(self, node: Node, depth: int) -> Iterator[Origin]:
        self._steps += 1
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            raise Untold("too involved to follow")
        if (inner := unwrapped(node)) is not None:
            yield from self._unwrapped(node, inner, depth + 1)
            return
        reader = _READERS.get(node.type)
        if reader is None:
            yield Origin(node)
        else:
            yield from reader(self, node, depth + 1)

    def _unwrapped(self, node: Node, inner: Node, depth: int) -> Iterator[Origin]:
        if node.type not in CASTS:
            yield from self._origins(inner, depth)
            return
        try:
            found = list(self._origins(inner, depth))
        except Untold:
            said = cast_type(node)
            if said is None:
                raise
            found = self._only_texts(said, depth)
            if found is None:
                raise
        yield from (Origin(each.node, each.via or "cast") for each in found)

    def _only_texts(self, said: Node, depth: int) -> list[Origin] | None:
        """The literals of a type; None when it allows more than these."""
        try:
            found = list(self._origins(said, depth))
            list(text for each in found for text in self._written(each.node, depth))
        except Untold:
            return None
        return [Origin(each.node, "union") for each in found]

    def _name(self, node: Node, depth: int) -> Iterator[Origin]:
        name = self.script.text(node)
        if name == "undefined":
            return
        binding = self.scopes.find(name, node)
        if binding is None:
            raise Untold(f"`{name}` is not declared in this file")
        yield from self._binding(binding, depth)

    def _type_name(self, node: Node, depth: int) -> Iterator[Origin]:
        binding = self.scopes.find(self.script.text(node), node, as_type=True)
        if binding is None:
            raise Untold("type that is not in this file")
        if binding.sort == "import":
            raise Untold(self._imported(binding))
        if binding.sort in ("enum", "class"):
            yield Origin(binding.node)
            return
        said = field(binding.node, "value") or field(binding.node, "body") or field(binding.node, "constraint")
        if said is None:
            raise Untold("type that is not in this file")
        yield from self._origins(said.named_children[0] if said.type == "constraint" else said, depth)

    def _binding(self, binding: Binding, depth: int) -> Iterator[Origin]:
        sort = binding.sort
        if sort == "import":
            raise Untold(self._imported(binding))
        if sort in ("enum", "class", "function"):
            yield Origin(binding.node, "member" if sort == "enum" else None)
        elif sort == "parameter":
            yield from self._parameter(binding, depth)
        elif sort == "loop":
            yield from self._looped(binding, depth)
        elif sort in ("const", "variable"):
            yield from self._variable(binding, depth)
        else:
            raise Untold("no constant")

    def _imported(self, binding: Binding) -> str:
        source = field(binding.node, "source") or next(
            (found for child in binding.node.named_children if (found := field(child, "source")) is not None), None
        )
        return f"imported from another file: {self.script.text(source) if source is not None else ''}".rstrip()

    def _variable(self, binding: Binding, depth: int) -> Iterator[Origin]:
        value = field(binding.node, "value")
        said = annotation(binding.node)
        if binding.sort == "variable" or value is None:
            values = self._callers.assigned(binding)
            if values is None:
                values, value = [], None
        else:
            values = []
        try:
            if value is None and not values:
                raise Untold("variable that is set elsewhere")
            if re.search(re.escape(binding.name.encode()) + _CHANGERS, self.script.data):
                raise Untold("list that is changed later")
            known = [value, *values] if value is not None else values
            found = [each for one in known for each in self._stepped(self._origins(one, depth), binding, depth)]
        except Untold:
            if said is None:
                raise
            yield from self._typed(said, binding, depth)
            return
        yield from (Origin(each.node, _constant(each.via)) for each in found)

    def _typed(self, said: Node, binding: Binding, depth: int) -> Iterator[Origin]:
        for each in self._stepped(self._origins(said, depth), binding, depth):
            yield Origin(each.node, "union")

    def _looped(self, binding: Binding, depth: int) -> Iterator[Origin]:
        over = field(binding.node, "right")
        operator = field(binding.node, "operator")
        if over is None or operator is None:
            raise Untold("loop over what is not in this file")
        if operator.type == "in":
            keys = (Origin(key) for each in self._origins(over, depth) for key in self._keys(each.node, depth))
            yield from (Origin(each.node, "loop") for each in self._stepped(keys, binding, depth))
            return
        for each in self._stepped(self._elements(over, depth), binding, depth):
            yield Origin(each.node, "loop")

    def _parameter(self, binding: Binding, depth: int) -> Iterator[Origin]:
        holder = binding.node
        listed = self._callers.iterated(holder)
        if listed is not None:
            for each in self._stepped(self._elements(listed, depth), binding, depth):
                yield Origin(each.node, "loop")
            return
        said = annotation(holder)
        if said is not None and (typed := self._texts_of_type(said, binding, depth)) is not None:
            yield from typed
            return
        given = self._callers.given(holder)
        if given is None:
            raise Untold("parameter without a known caller")
        for one in given:
            for each in self._stepped(self._origins(one, depth), binding, depth):
                yield Origin(each.node, "parameter")

    def _texts_of_type(self, said: Node, binding: Binding, depth: int) -> list[Origin] | None:
        try:
            return list(self._typed(said, binding, depth))
        except Untold:
            return None

    # Ways into objects and lists

    def _stepped(self, found: Iterator[Origin], binding: Binding, depth: int) -> Iterator[Origin]:
        """Follow the way that destructuring takes into each value."""
        reached = found
        for step in binding.steps:
            reached = self._step(reached, step, depth)
        yield from reached
        if binding.fallback is not None:
            yield from self._origins(binding.fallback, depth)

    def _step(self, found: Iterator[Origin], step: str | int, depth: int) -> Iterator[Origin]:
        for each in found:
            if isinstance(step, str):
                yield from self._property(each.node, step, depth)
            else:
                yield from self._position(each.node, step, depth)

    def _position(self, node: Node, position: int, depth: int) -> Iterator[Origin]:
        if node.type == "pair":
            part = field(node, ("key", "value")[position]) if position < 2 else None
            items = [part] if part is not None else []
        else:
            items = parts(node) if node.type in ("array", "tuple_type") else []
            items = items[position : position + 1]
        if not items or items[0].type == "spread_element":
            raise Untold("item of a list that is not in this file")
        yield from self._origins(items[0], depth)

    def _property(self, node: Node, name: str, depth: int) -> Iterator[Origin]:
        node = bare(node)
        if node.type == "object":
            found = self._object_property(node, name)
        elif node.type in ("class_body", "class_declaration", "abstract_class_declaration", "class"):
            found = self._class_field(node, name)
        else:
            found = self._declared_property(node, name)
        if found is None:
            raise Untold("property of an object that is not in this file")
        yield from self._origins(found, depth)

    def _object_property(self, node: Node, name: str) -> Node | None:
        for each in reversed(parts(node)):
            if each.type == "shorthand_property_identifier" and self.script.text(each) == name:
                return each
            if each.type == "pair" and (key := field(each, "key")) is not None:
                if key.type == "computed_property_name":
                    return None
                if key_text(self.script, key) == name:
                    return field(each, "value")
            elif each.type == "spread_element":
                return None
        return None

    def _class_field(self, node: Node, name: str) -> Node | None:
        body = field(node, "body") if node.type != "class_body" else node
        for each in parts(body) if body is not None else ():
            named = field(each, "name")
            if named is None or self.script.text(named) != name or each.type != "public_field_definition":
                continue
            value = field(each, "value")
            if value is None or self._reassigned("this", name):
                return annotation(each)
            return value
        return None

    def _declared_property(self, node: Node, name: str) -> Node | None:
        body = field(node, "body") if node.type == "enum_declaration" else node
        for each in parts(body) if body is not None else ():
            named = field(each, "name")
            if named is not None and key_text(self.script, named) == name:
                return field(each, "value") if each.type == "enum_assignment" else annotation(each)
        return None

    def _reassigned(self, owner: str, name: str) -> bool:
        written = rb"(?<![\w$])%s\s*\.\s*%s\s*(?:\?\?|\|\||\+)?=(?![=>])"
        return re.search(written % (re.escape(owner.encode()), re.escape(name.encode())), self.script.data) is not None

    def _member(self, node: Node, depth: int) -> Iterator[Origin]:
        owner, named = field(node, "object"), field(node, "property")
        if owner is None or named is None:
            raise Untold("property of an object that is not in this file")
        name = self.script.text(named)
        text = self.script.text(owner)
        if text in ("process.env", "import.meta.env") or text.startswith(("Deno.env", "Bun.env")):
            raise Untold("environment variable")
        if owner.type != "this" and self._reassigned(text, name):
            raise Untold("property that is set elsewhere")
        for each in list(self._origins(owner, depth)):
            for found in self._property(each.node, name, depth):
                yield Origin(found.node, "member")

    def _subscript(self, node: Node, depth: int) -> Iterator[Origin]:
        owner, index = field(node, "object"), field(node, "index")
        if owner is None or index is None:
            raise Untold("item of a list that is not in this file")
        chosen = self._chosen(index, depth)
        for each in list(self._origins(owner, depth)):
            holder = bare(each.node)
            if index.type == "number" and holder.type == "array":
                text = self.script.text(index)
                found = self._position(holder, int(text) if text.isdigit() else 1 << 30, depth)
            elif chosen is not None:
                found = (one for name in chosen for one in self._property(holder, name, depth))
            else:
                found = self._all(holder, depth)
            yield from (Origin(one.node, "member") for one in found)

    def _chosen(self, index: Node, depth: int) -> list[str] | None:
        try:
            return [text.text for text in self._texts(index, depth)]
        except Untold:
            return None

    def _all(self, node: Node, depth: int) -> Iterator[Origin]:
        """Every value that an object or list holds: one of these is chosen by a key that is not known."""
        if node.type == "array":
            yield from self._elements(node, depth)
            return
        if node.type not in ("object", "enum_declaration"):
            raise Untold("property of an object that is not in this file")
        for key in self._keys(node, depth):
            yield from self._property(node, key_text(self.script, key), depth)

    def _keys(self, node: Node, depth: int) -> Iterator[Node]:
        body = field(node, "body") if node.type == "enum_declaration" else node
        if body is None or node.type not in ("object", "enum_declaration", "object_type", "interface_body"):
            raise Untold("property of an object that is not in this file")
        for each in parts(body):
            key = field(each, "key") or field(each, "name")
            if each.type == "shorthand_property_identifier":
                yield each
            elif key is None or key.type == "computed_property_name":
                raise Untold("object whose keys are not all written in this file")
            else:
                yield key

    def _elements(self, node: Node, depth: int) -> Iterator[Origin]:
        """What a loop over the expression meets."""
        if (call := bare(node)).type == "call_expression" and (listed := self._listing(call, depth)) is not None:
            yield from listed
            return
        for each in list(self._origins(node, depth)):
            yield from self._items(each.node, depth + 1)

    def _items(self, node: Node, depth: int) -> Iterator[Origin]:
        if depth > _DEEPEST:
            raise Untold("too involved to follow")
        if node.type == "array":
            for item in parts(node):
                if item.type == "spread_element":
                    yield from self._elements(item.named_children[0], depth + 1)
                else:
                    yield from self._origins(item, depth)
        elif node.type == "array_type":
            yield from self._origins(node.named_children[0], depth)
        elif node.type == "new_expression" and self.script.text(node).startswith("new Set") and arguments(node):
            yield from self._elements(arguments(node)[0], depth + 1)
        else:
            raise Untold("loop over what is not in this file")

    def _listing(self, call: Node, depth: int) -> Iterator[Origin] | None:
        """The elements of `Object.keys(o)` and its like, and of `list.filter(…)`; None for other calls."""
        function = field(call, "function")
        owner, named = field(function, "object"), field(function, "property")
        if owner is None or named is None:
            return None
        method = self.script.text(named)
        given = arguments(call)
        if self.script.text(owner) == "Object" and given:
            return self._object_listing(method, given[0], depth)
        return self._elements(owner, depth + 1) if method in _KEEPERS else None

    def _object_listing(self, method: str, node: Node, depth: int) -> Iterator[Origin] | None:
        if method not in ("keys", "values", "entries"):
            return None
        objects = [bare(each.node) for each in self._origins(node, depth)]
        if method == "values":
            return (found for each in objects for found in self._all(each, depth))
        keys = [key for each in objects for key in self._keys(each, depth)]
        if method == "keys":
            return (Origin(key) for key in keys)
        return (Origin(self.script.path(key)[-1]) for key in keys)

    # Calls, conditions and types

    def _call(self, node: Node, depth: int) -> Iterator[Origin]:
        function = field(node, "function")
        if function is None:
            raise Untold("result of a call")
        if self.script.text(function) == "Object.freeze" and arguments(node):
            yield from self._origins(arguments(node)[0], depth)
            return
        if function.type != "identifier":
            raise Untold("result of a call")
        binding = self.scopes.find(self.script.text(function), function)
        target = binding.node if binding is not None else None
        if binding is not None and binding.sort == "const" and not binding.steps:
            target = bare(value) if (value := field(binding.node, "value")) is not None else None
        if binding is not None and binding.sort == "import":
            raise Untold(self._imported(binding))
        if target is None or target.type not in FUNCTIONS:
            raise Untold("result of a call")
        yield from self._returned(target, depth)

    def _returned(self, function: Node, depth: int) -> Iterator[Origin]:
        said = annotation(function, "return_type")
        if said is not None and (typed := self._only_texts(said, depth)) is not None:
            yield from typed
            return
        results = self._callers.results(function)
        if not results:
            raise Untold("result of a call")
        for each in results:
            yield from self._origins(each, depth)

    def _condition(self, node: Node, depth: int) -> Iterator[Origin]:
        for name in ("consequence", "alternative"):
            branch = field(node, name)
            for each in self._origins(branch, depth) if branch is not None else ():
                yield Origin(each.node, "conditional")

    def _binary(self, node: Node, depth: int) -> Iterator[Origin]:
        if _operator(node) not in ("??", "||"):
            yield Origin(node)
            return
        for name in ("left", "right"):
            side = field(node, name)
            for each in self._origins(side, depth) if side is not None else ():
                yield Origin(each.node, "conditional")

    def _this(self, node: Node, depth: int) -> Iterator[Origin]:
        body = next((each for each in reversed(self.script.path(node)) if each.type == "class_body"), None)
        if body is None:
            raise Untold("property of an object that is not in this file")
        yield Origin(body)

    def _union(self, node: Node, depth: int) -> Iterator[Origin]:
        for each in _flat(node):
            for found in self._origins(each, depth):
                yield Origin(found.node, "union")

    def _inner_type(self, node: Node, depth: int) -> Iterator[Origin]:
        yield from self._origins(parts(node)[-1], depth)

    def _generic(self, node: Node, depth: int) -> Iterator[Origin]:
        name, given = field(node, "name"), field(node, "type_arguments")
        label = self.script.text(name) if name is not None else ""
        if given is None or label not in ("Promise", "Awaited", "Readonly", "NonNullable", "Array", "ReadonlyArray"):
            raise Untold("type that is not in this file")
        if label.endswith("Array"):
            raise Untold("list, which is no text")
        yield from self._origins(parts(given)[0], depth)

    def _type_of(self, node: Node, depth: int) -> Iterator[Origin]:
        yield from self._origins(parts(node)[0], depth)

    def _key_of(self, node: Node, depth: int) -> Iterator[Origin]:
        for each in self._origins(parts(node)[0], depth):
            yield from (Origin(key, "union") for key in self._keys(bare(each.node), depth))

    def _lookup(self, node: Node, depth: int) -> Iterator[Origin]:
        inside = parts(node)
        if len(inside) < 2:
            raise Untold("type that is not in this file")
        owner, index = inside[0], inside[1]
        for each in list(self._origins(owner, depth)):
            holder = bare(each.node)
            if self.script.text(index) == "number":
                yield from self._items(holder, depth)
            else:
                for key in list(self._texts(index, depth)):
                    yield from self._property(holder, key.text, depth)

    def _predefined(self, node: Node, depth: int) -> Iterator[Origin]:
        if self.script.text(node) not in _NOTHING:
            raise Untold(f"any {self.script.text(node)}")
        yield from ()


def _constant(via: Via | None) -> Via:
    return "constant" if via in (None, "cast", "constant") else via


def _operator(node: Node) -> str:
    operator = field(node, "operator")
    return operator.type if operator is not None else ""


def _flat(node: Node) -> Iterator[Node]:
    """The members of a union, which the grammar nests to the left."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.type == "union_type":
            waiting.extend(reversed(parts(each)))
        else:
            yield each


_REASONS = {
    "object": "object, which is no text",
    "number": "number, which is no text",
    "call_expression": "result of a call",
}

_READERS: dict[str, Callable[[Values, Node, int], Iterator[Origin]]] = {
    "identifier": Values._name,
    "shorthand_property_identifier": Values._name,
    "member_expression": Values._member,
    "subscript_expression": Values._subscript,
    "call_expression": Values._call,
    "ternary_expression": Values._condition,
    "binary_expression": Values._binary,
    "this": Values._this,
    "union_type": Values._union,
    "type_identifier": Values._type_name,
    "parenthesized_type": Values._inner_type,
    "readonly_type": Values._inner_type,
    "generic_type": Values._generic,
    "type_query": Values._type_of,
    "index_type_query": Values._key_of,
    "lookup_type": Values._lookup,
    "predefined_type": Values._predefined,
}
