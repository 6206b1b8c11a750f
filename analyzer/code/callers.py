"""Where a parameter, a variable or a result gets its value, as far as one file shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzer.code.scope import Binding, Scopes
from analyzer.code.script import Script
from analyzer.code.syntax import FUNCTIONS, JSX, WRAPPERS, arguments, field, operator, parts
from analyzer.model.crossing import DEFAULT, Taken

if TYPE_CHECKING:
    from tree_sitter import Node

_ITERATORS = frozenset({"map", "forEach", "flatMap", "filter", "some", "every", "find", "findIndex", "findLast"})
_MOST_CALLERS = 200
_CALLING = frozenset({"call", "apply", "bind"})
_LABELS = frozenset({"identifier", "type_identifier"})


class Callers:
    """Looks from the receiving side of a value to where it is given."""

    def __init__(self, script: Script, scopes: Scopes) -> None:
        self._script = script
        self._scopes = scopes
        self._assigned: dict[tuple[int, str], list[Node] | None] = {}
        self._heirs: set[int] = set()
        self._handed: dict[int, list[Node]] = {}

    @contextmanager
    def handing(self, function: Node | None, given: list[Node] | None) -> Iterator[None]:
        """While it lasts, the function is only called with these arguments, when they are known."""
        before = self._handed
        if function is not None and given is not None:
            self._handed = {**before, function.id: given}
        try:
            yield
        finally:
            self._handed = before

    def iterated(self, parameter: Node) -> Node | None:
        """The list whose elements the parameter takes: that of `list.map(parameter => …)`."""
        found = self._function(parameter)
        if found is None or found[1] != 0:
            return None
        path = self._script.path(found[0])
        if len(path) < 2 or path[-1].type != "arguments" or path[-2].type != "call_expression":
            return None
        function = field(path[-2], "function")
        method, owner = field(function, "property"), field(function, "object")
        first = arguments(path[-2])[:1]
        if (
            method is None
            or self._script.text(method) not in _ITERATORS
            or [each.id for each in first] != [found[0].id]
        ):
            return None
        return owner

    def given(self, parameter: Node) -> list[Node] | None:
        """What each call gives for the parameter; None when the calls may not all be in this file."""
        found = self._function(parameter)
        if found is None:
            return None
        function, index = found
        if (handed := self._handed.get(function.id)) is not None:
            return handed[index : index + 1] or self._default(parameter)
        binding = self._named(function)
        if binding is None:
            return None
        calls = self._calls(binding)
        return self._arguments(calls, index, parameter) if calls else None

    def inside(self, parameter: Node) -> list[Node] | None:
        """What the calls in this file give for a parameter of an exported function; None when they may not be all."""
        found = self._function(parameter)
        if found is None:
            return None
        function, index = found
        name = field(self._holder(function)[0], "name")
        binding = self._scopes.find(self._script.text(name), name) if name is not None else None
        calls = self._calls(binding) if binding is not None else []
        return self._arguments(calls, index, parameter) if calls is not None else None

    def _arguments(self, calls: list[Node], index: int, parameter: Node) -> list[Node] | None:
        if len(calls) > _MOST_CALLERS:
            return None
        given = [arguments(call)[index : index + 1] or self._default(parameter) for call in calls]
        if any(not each or each[0].type == "spread_element" for each in given):
            return None
        return [each[0] for each in given]

    def calls(self, function: Node) -> list[Node] | None:
        """Every call of the function; None when others may call it, or it has too many callers to follow."""
        binding = self._named(function)
        found = self._calls(binding) if binding is not None else None
        return found if found is not None and len(found) <= _MOST_CALLERS else None

    def exported(self, parameter: Node) -> Taken | None:
        """The parameter as other files know it; None when they cannot call its function by a name."""
        found = self._function(parameter)
        if found is None:
            return None
        name = self.exported_name(found[0])
        return Taken(name, found[1]) if name is not None else None

    def exported_name(self, function: Node) -> str | None:
        """The name under which the file exports a function or class; None for one that it keeps."""
        holder, path = self._holder(function)
        if path and path[-1].type == "lexical_declaration":
            path.pop()
        name = field(holder, "name")
        text = self._script.text(name) if name is not None and name.type in _LABELS else ""
        if path and path[-1].type == "export_statement":
            default = self._script.text(path[-1]).startswith("export default")
            return DEFAULT if default or not text else text
        return self._listed(text) if path and path[-1].type == "program" else None

    def _holder(self, function: Node) -> tuple[Node, list[Node]]:
        """The declaration that names a function, the class of a constructor, and the nodes above it."""
        holder, path = function, self._script.path(function)
        name = field(function, "name")
        makes = function.type == "method_definition" and name is not None and self._script.text(name) == "constructor"
        if makes and len(path) > 1:
            holder = path[-2]
            del path[-2:]
        while path and (path[-1].type in WRAPPERS or path[-1].type == "variable_declarator"):
            holder = path.pop()
        return holder, path

    def _listed(self, name: str) -> str | None:
        """`export { name }` and `export default name`, anywhere in the file."""
        for node in self._script.occurrences(name) if name else ():
            holder = self._script.path(node)[-1]
            if holder.type == "export_specifier":
                return self._script.text(field(holder, "alias") or node)
            if holder.type == "export_statement":
                return DEFAULT
        return None

    def assigned(self, binding: Binding) -> list[Node] | None:
        """What is assigned to the name after its declaration; None when it is set in a way that shows no value."""
        key = (binding.node.id, binding.name)
        if key not in self._assigned:
            self._assigned[key] = self._assignments(binding)
        return self._assigned[key]

    def _assignments(self, binding: Binding) -> list[Node] | None:
        values: list[Node] = []
        declared = field(binding.node, "name")
        for node in self._script.occurrences(binding.name):
            path = self._script.path(node)
            if not path or node.type not in ("identifier", "shorthand_property_identifier_pattern"):
                continue
            holder = path[-1]
            if declared is not None and declared.start_byte <= node.start_byte < declared.end_byte:
                continue
            if not _writes(node, holder) or self._scopes.find(binding.name, node) != binding:
                continue
            right = field(holder, "right")
            if holder.type != "assignment_expression" or right is None:
                return None
            values.append(right)
        return values

    def results(self, function: Node) -> list[Node]:
        """The expressions that the function returns; empty when it returns none."""
        body = field(function, "body")
        if body is None:
            return []
        if body.type != "statement_block":
            return [body]
        return [value for each in _returns(body) for value in parts(each)[:1]]

    def _function(self, parameter: Node) -> tuple[Node, int] | None:
        """The function that has this parameter, and the parameter's position."""
        path = self._script.path(parameter)
        if not path:
            return None
        if path[-1].type == "arrow_function":
            return path[-1], 0
        if path[-1].type != "formal_parameters" or len(path) < 2 or path[-2].type not in FUNCTIONS:
            return None
        listed = [each.id for each in parts(path[-1]) if self._script.text(each).split(":")[0] != "this"]
        return (path[-2], listed.index(parameter.id)) if parameter.id in listed else None

    def _named(self, function: Node) -> Binding | None:
        """The name by which this file calls the function; None when it has none, or other files may call it."""
        holder, path = self._holder(function)
        if path and path[-1].type == "lexical_declaration":
            path.pop()
        name = field(holder, "name")
        if name is None or name.type not in _LABELS or not path or path[-1].type == "export_statement":
            return None
        text = self._script.text(name)
        return self._scopes.find(text, name) if self._listed(text) is None else None

    def _calls(self, binding: Binding) -> list[Node] | None:
        """The calls of the function; None when it is also used in another way, so that others may call it."""
        calls: list[Node] = []
        for node in self._script.occurrences(binding.name):
            if node.type not in ("identifier", "shorthand_property_identifier"):
                continue
            path = self._script.path(node)
            holder = path[-1]
            if holder.id == binding.node.id or holder.type in ("type_query", "export_specifier", "export_statement"):
                continue
            if self._scopes.find(binding.name, node) != binding:
                continue
            if is_read(self._script, node, holder):
                continue
            function = field(holder, "function") or field(holder, "name" if holder.type in JSX else "constructor")
            if function is not None and function.id == node.id:
                calls.append(holder)
            elif holder.type != "extends_clause" or (handing := self._handing(path)) is None:
                return None
            else:
                calls += handing
        return calls

    def _handing(self, path: list[Node]) -> list[Node] | None:
        """The calls that a class makes of the one that it extends; None when they are made by those who make it."""
        heir = path[-3] if len(path) > 2 else None
        if heir is None or heir.id in self._heirs:
            return None
        found = [self._script.path(each)[-1] for each in self._script.occurrences("super", heir)]
        calls = [each for each in found if each.type == "call_expression"]
        binding = self._named(heir) if not calls else None
        self._heirs.add(heir.id)
        try:
            return self._calls(binding) if binding is not None else calls or None
        finally:
            self._heirs.discard(heir.id)

    def _default(self, parameter: Node) -> list[Node]:
        value = field(parameter, "value")
        return [value] if value is not None else []


def is_read(script: Script, node: Node, holder: Node) -> bool:
    """True where a function's or class's name stands without a call that could be made through it: `Repo.PAGE_SIZE`."""
    if holder.type == "member_expression":
        owner, member = field(holder, "object"), field(holder, "property")
        own = owner is not None and member is not None and owner.id == node.id
        return own and member is not None and script.text(member) not in _CALLING
    return holder.type in ("jsx_closing_element", "type_query") or operator(holder) == "instanceof"


def _writes(node: Node, holder: Node) -> bool:
    """True when the name stands where something is put into it, its declaration aside."""
    if holder.type in ("assignment_expression", "augmented_assignment_expression"):
        left = field(holder, "left")
        return left is not None and left.id == node.id
    if holder.type == "for_in_statement":
        left = field(holder, "left")
        return left is not None and left.id == node.id and field(holder, "kind") is None
    return holder.type in ("array_pattern", "pair_pattern", "object_pattern", "rest_pattern", "update_expression")


def _returns(body: Node) -> Iterator[Node]:
    """The return statements of a function's body, those of the functions within it left out."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "return_statement":
            yield node
        elif node.type not in FUNCTIONS:
            waiting.extend(reversed(node.named_children))
