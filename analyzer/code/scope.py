"""What a name stands for at a place: the declarations of one file, scope by scope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from analyzer.code.script import Script
from analyzer.code.syntax import FUNCTIONS, field, parts, unescape
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node

Sort = Literal["const", "variable", "parameter", "loop", "import", "enum", "function", "class", "type", "opaque"]

_DECLARED: dict[str, Sort] = {
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "function_signature": "function",
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "enum_declaration": "enum",
    "type_alias_declaration": "type",
    "interface_declaration": "type",
}
# The root is an ERROR when nothing in the file could be understood as a whole.
_BLOCKS = frozenset({"program", "ERROR", "statement_block", "switch_case", "switch_default", "class_static_block"})
_TYPES = frozenset({"type", "enum", "class", "import"})
_VALUES = frozenset({"const", "variable", "parameter", "loop", "import", "enum", "function", "class", "opaque"})
# What most of the nodes above a name are; they declare nothing, and need not be asked.
_BARREN = frozenset({
    "call_expression", "member_expression", "subscript_expression", "arguments", "await_expression",
    "expression_statement", "pair", "object", "array", "variable_declarator", "lexical_declaration",
    "variable_declaration", "assignment_expression", "return_statement", "binary_expression",
    "parenthesized_expression", "ternary_expression", "unary_expression", "as_expression", "non_null_expression",
    "spread_element", "string", "template_string", "template_substitution", "if_statement", "else_clause",
    "try_statement", "finally_clause", "export_statement", "class_body", "jsx_element", "jsx_expression",
    "jsx_attribute", "jsx_opening_element", "jsx_self_closing_element", "new_expression"
})  # fmt: skip
_NONE: dict[str, list[Binding]] = {}
# No one destructures deeper; it keeps the walk off the end of the stack.
_DEEPEST = 20
_PATTERNS = frozenset({"object_pattern", "array_pattern"})


class Binding(Record, frozen=True):
    """One declared name.

    ``node`` is the declarator, parameter, loop, import specifier or declaration. ``steps`` is the way from the value
    to the name through destructuring: keys and positions. ``fallback`` is the default that a pattern gives.
    """

    sort: Sort
    name: str
    node: Node
    steps: tuple[str | int, ...] = ()
    fallback: Node | None = None


class Scopes:
    """Finds declarations; each scope is read once."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._tables: dict[int, dict[str, list[Binding]]] = {}
        self._hoisted: dict[int, list[Binding]] | None = None

    def find(self, name: str, at: Node, *, as_type: bool = False) -> Binding | None:
        """The declaration that ``name`` means at this node; None when the file has none in scope."""
        sorts = _TYPES if as_type else _VALUES
        tables = self._tables
        for scope in reversed(self._script.path(at)):
            table = tables.get(scope.id)
            for binding in (self._read(scope) if table is None else table).get(name, ()):
                if binding.sort in sorts:
                    return binding
        return None

    def imports(self) -> Iterator[Binding]:
        """The names that the file imports."""
        found = self._tables.get(self._script.root.id) or self._read(self._script.root)
        return (binding for named in found.values() for binding in named if binding.sort == "import")

    def _read(self, scope: Node) -> dict[str, list[Binding]]:
        """The declarations of one scope by name, each name's in order."""
        if scope.type in _BARREN:
            self._tables[scope.id] = _NONE
            return _NONE
        table = self._tables[scope.id] = {}
        for binding in self._declarations(scope):
            table.setdefault(binding.name, []).append(binding)
        if scope.type in FUNCTIONS or scope.id == self._script.root.id:
            for binding in self._vars().get(scope.id, ()):
                table.setdefault(binding.name, []).append(binding)
        return table

    def _declarations(self, scope: Node) -> Iterator[Binding]:
        kind = scope.type
        if kind in _BLOCKS:
            yield from (each for child in scope.named_children for each in self._declared(child))
        elif kind == "switch_body":
            yield from (each for case in scope.named_children for each in self._declarations(case))
        elif kind in FUNCTIONS:
            yield from self._parameters(scope)
        elif kind == "for_in_statement":
            yield from self._loop(scope)
        elif kind == "for_statement" and (first := field(scope, "initializer")) is not None:
            yield from self._declared(first)
        elif kind == "catch_clause" and (caught := field(scope, "parameter")) is not None:
            yield from self._bound("opaque", caught, caught)
        if (generics := field(scope, "type_parameters")) is not None:
            yield from self._generics(generics)

    def _declared(self, statement: Node) -> Iterator[Binding]:
        kind = statement.type
        if kind == "export_statement":
            inner = field(statement, "declaration")
            yield from self._declared(inner) if inner is not None else ()
        elif kind == "ambient_declaration":
            yield from (each for child in statement.named_children for each in self._declared(child))
        elif kind == "lexical_declaration":
            yield from self._declarators(statement, "const" if _keyword(statement) == "const" else "variable")
        elif kind == "import_statement":
            yield from self._imports(statement)
        elif kind in _DECLARED and (name := field(statement, "name")) is not None:
            yield Binding(_DECLARED[kind], self._script.text(name), statement)

    def _declarators(self, statement: Node, sort: Sort) -> Iterator[Binding]:
        for each in statement.named_children:
            name = field(each, "name")
            if each.type == "variable_declarator" and name is not None:
                yield from self._bound(sort, each, name)

    def _parameters(self, function: Node) -> Iterator[Binding]:
        single = field(function, "parameter")
        if single is not None:
            yield Binding("parameter", self._script.text(single), single)
        for each in parts(listed) if (listed := field(function, "parameters")) is not None else ():
            pattern = field(each, "pattern")
            if pattern is not None:
                yield from self._bound("parameter", each, pattern)
        name = field(function, "name")
        if name is not None and function.type in ("function_expression", "generator_function"):
            yield Binding("function", self._script.text(name), function)

    def _generics(self, listed: Node) -> Iterator[Binding]:
        for each in listed.named_children:
            if (name := field(each, "name")) is not None:
                yield Binding("type", self._script.text(name), each)

    def _loop(self, loop: Node) -> Iterator[Binding]:
        left = field(loop, "left")
        if left is not None and field(loop, "kind") is not None:
            yield from self._bound("loop", loop, left)

    def _imports(self, statement: Node) -> Iterator[Binding]:
        waiting = list(statement.named_children)
        while waiting:
            node = waiting.pop()
            if node.type == "import_specifier":
                name = field(node, "alias") or field(node, "name")
                if name is not None:
                    yield Binding("import", self._script.text(name), statement)
            elif node.type == "identifier":
                yield Binding("import", self._script.text(node), statement)
            elif node.type in ("import_clause", "named_imports", "namespace_import", "import_require_clause"):
                waiting.extend(node.named_children)

    def _vars(self) -> dict[int, list[Binding]]:
        """The `var` declarations by the function that they belong to, wherever in it they stand."""
        if self._hoisted is None:
            self._hoisted = {}
            for keyword in self._script.occurrences("var"):
                path = self._script.path(keyword)
                owner = next((each for each in reversed(path) if each.type in FUNCTIONS), self._script.root)
                found = self._hoisted.setdefault(owner.id, [])
                if path and path[-1].type == "variable_declaration":
                    found.extend(self._declarators(path[-1], "variable"))
        return self._hoisted

    def _bound(
        self, sort: Sort, holder: Node, pattern: Node, steps: tuple[str | int, ...] = (), default: Node | None = None
    ) -> Iterator[Binding]:
        kind = pattern.type
        if len(steps) > _DEEPEST:
            return
        if kind in ("assignment_pattern", "object_assignment_pattern"):
            inner = field(pattern, "left")
            if inner is not None:
                more = (self._script.text(inner),) if kind == "object_assignment_pattern" else ()
                yield from self._bound(sort, holder, inner, steps + more, field(pattern, "right"))
        elif kind == "rest_pattern":
            yield from (Binding("opaque", self._script.text(each), holder) for each in parts(pattern))
        elif kind in _PATTERNS:
            yield from self._destructured(sort, holder, pattern, steps)
        else:
            yield Binding(sort, self._script.text(pattern), holder, steps, default)

    def _destructured(self, sort: Sort, holder: Node, pattern: Node, steps: tuple[str | int, ...]) -> Iterator[Binding]:
        position = 0
        for each in pattern.children:
            if each.type == ",":
                position += 1
            if not each.is_named or each.type == "comment":
                continue
            if each.type == "pair_pattern":
                key, value = field(each, "key"), field(each, "value")
                if key is not None and value is not None:
                    yield from self._bound(sort, holder, value, (*steps, key_text(self._script, key)))
            elif pattern.type == "array_pattern":
                yield from self._bound(sort, holder, each, (*steps, position))
            elif each.type == "shorthand_property_identifier_pattern":
                yield from self._bound(sort, holder, each, (*steps, self._script.text(each)))
            else:
                yield from self._bound(sort, holder, each, steps)


def key_text(script: Script, key: Node) -> str:
    """The name that a property's key gives: a plain name, a string or a number."""
    text = script.text(key)
    return unescape(text[1:-1]) if key.type == "string" else text


def _keyword(declaration: Node) -> str:
    kind = field(declaration, "kind")
    return kind.type if kind is not None else ""
