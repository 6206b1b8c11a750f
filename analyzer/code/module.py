"""What stands at the top level of a script: its constants, and what it imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.code.script import Script
from analyzer.code.syntax import arguments, bare, field, parts, unescape
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node


class Import(Record, frozen=True):
    """A name from another module; ``name`` is what it is called there, ``*`` for the whole module."""

    module: str
    name: str


class Called(Record, frozen=True):
    """A call and what is called on its result: ``owner.name(args).method(…)…``; ``owner`` is None for a plain function."""

    node: Node
    owner: str | None
    name: str
    args: tuple[Node, ...]
    methods: tuple[tuple[str, tuple[Node, ...]], ...]

    def method(self, *names: str) -> tuple[Node, ...] | None:
        """The arguments of the first of these methods that is called; None when none is."""
        return next((args for name, args in self.methods if name in names), None)


class Module:
    """The top level of one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.imports = dict(_imports(script))
        self.constants = dict(_constants(script))

    def called(self, node: Node) -> Called | None:
        """The expression as a call with what hangs on it; None when it is none."""
        methods: list[tuple[str, tuple[Node, ...]]] = []
        node = bare(node)
        while node.type == "call_expression":
            function = field(node, "function")
            function = bare(function) if function is not None else node
            if function.type == "identifier":
                return Called(node, None, self.script.text(function), tuple(arguments(node)), tuple(reversed(methods)))
            owner, name = field(function, "object"), field(function, "property")
            if function.type != "member_expression" or owner is None or name is None:
                return None
            owner = bare(owner)
            if owner.type == "identifier":
                said, called = self.script.text(owner), self.script.text(name)
                return Called(node, said, called, tuple(arguments(node)), tuple(reversed(methods)))
            methods.append((self.script.text(name), tuple(arguments(node))))
            node = owner
        return None

    def text(self, node: Node | None) -> str | None:
        """The text of a literal, or of a constant that is one; None for anything else."""
        node = self.value(node)
        if node is None:
            return None
        if node.type == "string":
            return unescape(self.script.text(node)[1:-1])
        if node.type == "template_string" and not parts(node)[1:] and "${" not in (said := self.script.text(node)):
            return unescape(said[1:-1])
        return None

    def value(self, node: Node | None) -> Node | None:
        """The expression that a constant of this module stands for; others stand for themselves."""
        for _ in range(9):
            if node is None:
                return None
            node = bare(node)
            if node.type != "identifier" or self.script.text(node) not in self.constants:
                return node
            node = self.constants[self.script.text(node)]
        return node

    def entries(self, node: Node | None) -> Iterator[tuple[str | None, Node]]:
        """The keys of an object with their values; the key is None for what is no plain ``key: value``."""
        for each in parts(node) if node is not None and node.type == "object" else ():
            key, value = field(each, "key"), field(each, "value")
            if each.type != "pair" or key is None or value is None or key.type == "computed_property_name":
                yield None, each
            else:
                yield self.script.text(key).strip("'\""), value

    def entry(self, node: Node | None, key: str) -> Node | None:
        """The value of one key of an object."""
        return next((value for name, value in self.entries(node) if name == key), None)


def returned(node: Node | None) -> Node | None:
    """What an arrow function gives when it is called: its expression, or what its only statement returns."""
    body = field(node, "body") if node is not None and node.type in ("arrow_function", "function_expression") else None
    if body is None:
        return None
    if body.type != "statement_block":
        return bare(body)
    statements = parts(body)
    if len(statements) != 1 or statements[0].type != "return_statement" or not parts(statements[0]):
        return None
    return bare(parts(statements[0])[0])


def _constants(script: Script) -> Iterator[tuple[str, Node]]:
    for statement in script.root.named_children:
        declared = field(statement, "declaration") if statement.type == "export_statement" else statement
        if declared is None or declared.type not in ("lexical_declaration", "variable_declaration"):
            continue
        for each in declared.named_children:
            name, value = field(each, "name"), field(each, "value")
            if name is not None and value is not None and name.type == "identifier":
                yield script.text(name), value


def _imports(script: Script) -> Iterator[tuple[str, Import]]:
    for statement in script.root.named_children:
        source = field(statement, "source") if statement.type == "import_statement" else None
        if source is None:
            continue
        module = script.text(source)[1:-1]
        for clause in (each for each in statement.named_children if each.type == "import_clause"):
            for each in clause.named_children:
                yield from ((name, Import(module, said)) for name, said in _imported(script, each))


def _imported(script: Script, node: Node) -> Iterator[tuple[str, str]]:
    if node.type == "identifier":
        yield script.text(node), "default"
    elif node.type == "namespace_import" and node.named_children:
        yield script.text(node.named_children[-1]), "*"
    for each in node.named_children if node.type == "named_imports" else ():
        name, alias = field(each, "name"), field(each, "alias")
        if name is not None:
            yield script.text(alias if alias is not None else name), script.text(name)
