"""What a file gives to others: its exports, and the arguments it gives to functions that it imports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.code import classes
from analyzer.code.bindings import import_of
from analyzer.code.callers import is_read
from analyzer.code.client import SECRET
from analyzer.code.elsewhere import Elsewhere
from analyzer.code.origin import Untold
from analyzer.code.read import script_of
from analyzer.code.scope import Binding, key_text
from analyzer.code.syntax import FUNCTIONS, JSX, arguments, bare, field, parts
from analyzer.code.value import Values
from analyzer.model.crossing import ALL, DEFAULT, NOTHING_KNOWN, Calls, Exports, Heir, Imported, Known
from analyzer.model.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

_UNKNOWN = "unknown()"
_DEEPEST, _LONGEST = 6, 20_000
_MAKERS = re.compile(r"create\w*Client\w*")


def read_exports(source: Source, known: Known = NOTHING_KNOWN) -> Exports:
    """The file's exports, as far as their values can be told from it and from what is known."""
    elsewhere = Elsewhere(known)
    script = script_of(source, elsewhere)
    if script is None:
        return Exports()
    reader = _Reader(Values(script, elsewhere))
    for statement in script.root.named_children:
        if statement.type == "export_statement" and statement.start_byte < script.end:
            reader.statement(statement)
    return Exports(
        tuple(sorted(reader.values_.items())),
        tuple(sorted(reader.origins.items())),
        tuple(reader.stars),
        tuple(elsewhere.wants),
    )


class _Reader:
    def __init__(self, values: Values) -> None:
        self.values = values
        self.values_: dict[str, str] = {}
        self.origins: dict[str, Imported] = {}
        self.stars: list[str] = []

    def statement(self, node: Node) -> None:
        source, declaration = field(node, "source"), field(node, "declaration")
        clause = next((each for each in node.named_children if each.type == "export_clause"), None)
        text = self.values.script.text
        if source is not None and clause is None:
            alias = next((each for each in node.named_children if each.type == "namespace_export"), None)
            if alias is None:
                self.stars.append(text(source)[1:-1])
            else:
                self.origins[text(parts(alias)[0])] = Imported(text(source)[1:-1], ALL)
        elif clause is not None:
            self.clause(clause, text(source)[1:-1] if source is not None else None)
        elif declaration is not None and text(node).startswith("export default"):
            self.put(DEFAULT, declaration)
        elif declaration is not None:
            self.declaration(declaration)
        elif (value := field(node, "value")) is not None:
            self.put(DEFAULT, value)

    def clause(self, clause: Node, source: str | None) -> None:
        text = self.values.script.text
        for each in clause.named_children:
            name = field(each, "name")
            if each.type != "export_specifier" or name is None:
                continue
            exported = text(field(each, "alias") or name)
            if source is not None:
                self.origins[exported] = Imported(source, text(name))
            else:
                self.name(exported, name)

    def name(self, exported: str, name: Node) -> None:
        binding = self.values.scopes.find(self.values.script.text(name), name)
        if binding is not None and binding.sort == "import":
            self.origins[exported] = import_of(self.values, binding)
        elif binding is not None:
            value = field(binding.node, "value") if binding.sort in ("const", "variable") else binding.node
            if value is not None and not binding.steps:
                self.put(exported, value)

    def declaration(self, node: Node) -> None:
        if node.type == "lexical_declaration":
            for each in node.named_children:
                name, value = field(each, "name"), field(each, "value")
                if name is not None and name.type == "identifier" and value is not None:
                    self.put(self.values.script.text(name), value)
        elif (name := field(node, "name")) is not None:
            self.put(self.values.script.text(name), node)

    def put(self, name: str, value: Node) -> None:
        code = as_code(self.values, value)
        if code is not None and len(code) <= _LONGEST:
            self.values_[name] = code


# --- values as code ---------------------------------------------------------------------------------------------------


def as_code(values: Values, node: Node, depth: int = 0) -> str | None:
    """An expression that says the same without the file around it; None when its value is not known."""
    node = bare(node)
    if depth > _DEEPEST:
        return None
    if node.type in FUNCTIONS:
        return _function(values, node, depth)
    if node.type == "object":
        return _object(values, node, depth)
    if node.type == "array":
        return "[" + ", ".join(as_code(values, each, depth + 1) or _UNKNOWN for each in parts(node)) + "]"
    if node.type == "enum_declaration":
        return _enum(values, node)
    if node.type in JSX:
        return _element(values, node, depth)
    if node.type in classes.CLASSES:
        return _class(values, classes.body_of(node), depth)
    if node.type == "call_expression" and (made := _call(values, node, depth)) is not None:
        return made
    return _texts(values, node) or _followed(values, node, depth)


def _texts(values: Values, node: Node) -> str | None:
    try:
        found = [json.dumps(each.text) for each in values.texts(node)]
    except Untold:
        return None
    code = found.pop()
    for each in reversed(found):
        code = f"(0 ? {each} : {code})"
    return code


def _followed(values: Values, node: Node, depth: int) -> str | None:
    """What a name or member leads to, when that is one thing."""
    try:
        (origin,) = values.origins(node)
    except (Untold, ValueError):
        return None
    return as_code(values, origin.node, depth + 1) if origin.node.id != node.id else None


def _object(values: Values, node: Node, depth: int) -> str:
    entries: list[str] = []
    for each in parts(node):
        key, value = field(each, "key"), field(each, "value")
        if each.type == "pair" and key is not None and value is not None and key.type != "computed_property_name":
            entries.append(
                f"{json.dumps(key_text(values.script, key))}: {as_code(values, value, depth + 1) or _UNKNOWN}"
            )
        elif each.type == "shorthand_property_identifier":
            entries.append(f"{json.dumps(values.script.text(each))}: {as_code(values, each, depth + 1) or _UNKNOWN}")
        elif each.type != "method_definition":
            entries.append(f"...{_UNKNOWN}")
    return "{" + ", ".join(entries) + "}"


def _element(values: Values, node: Node, depth: int) -> str:
    """The attributes of a component's element, as an object."""
    entries: list[str] = []
    for each in node.children_by_field_name("attribute"):
        inside = parts(each)
        if each.type != "jsx_attribute":
            entries.append(f"...{_UNKNOWN}")
        elif len(inside) > 1:
            value = parts(inside[1])[0] if inside[1].type == "jsx_expression" and parts(inside[1]) else inside[1]
            entries.append(
                f"{json.dumps(values.script.text(inside[0]))}: {as_code(values, value, depth + 1) or _UNKNOWN}"
            )
    return "{" + ", ".join(entries) + "}"


def _enum(values: Values, node: Node) -> str:
    body = field(node, "body")
    entries: list[str] = []
    for each in parts(body) if body is not None else ():
        name, value = field(each, "name"), field(each, "value")
        if each.type == "enum_assignment" and name is not None and value is not None:
            entries.append(f"{json.dumps(key_text(values.script, name))}: {_texts(values, value) or _UNKNOWN}")
    return "{" + ", ".join(entries) + "}"


def _class(values: Values, body: Node, depth: int) -> str:
    """A class that gives its fields the same, in terms of what its constructor is given."""
    taken = field(classes.constructor_of(values.script, body), "parameters")
    parameters = [each.id for each in parts(taken)] if taken is not None else []
    handed = classes.handed_up(values.script, body)
    steps = [
        f"this.{name} = {code}"
        for name in classes.names(values, body)
        for code in _fields(values, body, name, depth, parameters)
    ]
    if handed is not None:
        steps.insert(0, f"super({', '.join(_in_terms(values, each, depth, parameters) for each in handed)})")
    extended = classes.heritage(values.script, body)
    above = as_code(values, extended, depth + 1) if extended is not None else None
    head = f"class extends ({above})" if above is not None else "class"
    return (
        f"{head} {{ constructor({', '.join(f'p{each}' for each in range(len(parameters)))}) {{ {'; '.join(steps)} }} }}"
    )


def _fields(values: Values, body: Node, name: str, depth: int, parameters: list[int]) -> list[str]:
    try:
        return [_in_terms(values, each, depth, parameters) for each in classes.given(values, body, name)]
    except Untold:
        return [_UNKNOWN]


def _in_terms(values: Values, node: Node, depth: int, parameters: list[int]) -> str:
    """The expression as code, in which the parameters of the constructor go by their position."""
    inner = bare(node)
    found = values.scopes.find(values.script.text(inner), inner) if inner.type == "identifier" else None
    holder = found.node.id if found is not None and not found.steps else inner.id
    if holder in parameters:
        return f"p{parameters.index(holder)}"
    return as_code(values, node, depth + 1) or _UNKNOWN


def _call(values: Values, node: Node, depth: int) -> str | None:
    """A call that makes a client, with what of its arguments matters; and `Object.freeze(x)`."""
    function, given = field(node, "function"), arguments(node)
    name = values.script.text(function) if function is not None else ""
    if name == "Object.freeze" and given:
        return as_code(values, given[0], depth + 1)
    if not _MAKERS.fullmatch(name):
        return None
    return f"{name}({', '.join(_argument(values, each, depth) for each in given)})"


def _argument(values: Values, node: Node, depth: int) -> str:
    """An argument of a client's maker: a key is told by its name alone."""
    if SECRET.search(values.script.text(node)):
        return '"service_role"'
    return _object(values, bare(node), depth + 1) if bare(node).type == "object" else _UNKNOWN


def _function(values: Values, node: Node, depth: int) -> str | None:
    """A function that returns a client."""
    made = [as_code(values, each, depth + 1) for each in values.callers.results(node)]
    return f"() => {made[0]}" if len(made) == 1 and made[0] is not None and _MAKERS.match(made[0]) else None


# --- calls ------------------------------------------------------------------------------------------------------------


def read_calls(source: Source, names: frozenset[str], known: Known = NOTHING_KNOWN) -> tuple[Calls, ...]:
    """How the file uses what it imports under these names (``default`` among them), import by import."""
    elsewhere = Elsewhere(known)
    script = script_of(source, elsewhere)
    if script is None:
        return ()
    values = Values(script, elsewhere)
    found = [
        _calls(values, binding, imported)
        for binding in values.scopes.imports()
        if (imported := import_of(values, binding)).name in names
    ]
    return tuple(replace(each, wants=tuple(elsewhere.wants), takes=tuple(elsewhere.takes)) for each in found)


def _calls(values: Values, binding: Binding, imported: Imported) -> Calls:
    found: list[tuple[str | None, ...]] = []
    heirs: list[Heir] = []
    whole = True
    for node in _uses(values, binding):
        path = values.script.path(node)
        call = path[-1] if path else node
        function = field(call, "function") or field(call, "name" if call.type in JSX else "constructor")
        if function is not None and function.id == node.id:
            found.append(tuple(_given(values, arguments(call))))
        elif (body := classes.extending(path)) is not None:
            handed = classes.handed_up(values.script, body)
            heirs.append(_heir(values, body))
            whole = whole and handed is not None
            found += [tuple(_given(values, handed))] if handed is not None else []
        elif call.type != "export_specifier" and not is_read(values.script, node, call):
            whole = False
    return Calls(imported, tuple(found), whole, tuple(heirs))


def _heir(values: Values, body: Node) -> Heir:
    """A class that extends an imported one; of a field with several values, none is told."""
    fields: list[tuple[str, str | None]] = []
    for name in classes.names(values, body):
        try:
            given = classes.given(values, body, name)
        except Untold:
            given = []
        fields.append((name, as_code(values, given[0]) if len(given) == 1 else None))
    return Heir(values.callers.exported_name(values.script.path(body)[-1]), tuple(fields))


def _given(values: Values, nodes: Iterable[Node]) -> Iterator[str | None]:
    for node in nodes:
        if node.type == "spread_element":
            yield None
            return
        yield as_code(values, node)


def _uses(values: Values, binding: Binding) -> Iterator[Node]:
    for node in values.script.occurrences(binding.name):
        if node.type not in ("identifier", "shorthand_property_identifier", "jsx_identifier"):
            continue
        if any(each.type == "import_statement" for each in values.script.path(node)):
            continue
        if values.scopes.find(binding.name, node) == binding:
            yield node
