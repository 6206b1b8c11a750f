"""From a name to its value: constants, variables, parameters, loops, and what functions of the file return."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analyzer.code.origin import ELSEWHERE, Origin, Untold, by_way_of
from analyzer.code.scope import Binding
from analyzer.code.structures import elements, keys, step
from analyzer.code.syntax import FUNCTIONS, annotation, arguments, bare, field, operator, parts
from analyzer.model.crossing import ALL, DEFAULT, Imported

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

_CHANGERS = rb"\s*\.\s*(?:push|unshift|splice|fill)\s*\("


def name(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What the name's declaration gives it."""
    text = values.script.text(node)
    if text == "undefined":
        return
    binding = values.scopes.find(text, node)
    if binding is None:
        raise Untold("name that is not declared in this file")
    yield from bound(values, binding, depth)


def bound(values: Values, binding: Binding, depth: int) -> Iterator[Origin]:
    """What a declaration gives its name."""
    if binding.sort == "import":
        found = values.elsewhere.imported(import_of(values, binding))
        if found is None:
            raise Untold(imported(values, binding))
        yield from by_way_of("import", values.follow(found, depth))
    elif binding.sort in ("enum", "class", "function"):
        yield Origin(binding.node, "member" if binding.sort == "enum" else None)
    elif binding.sort == "parameter":
        yield from _parameter(values, binding, depth)
    elif binding.sort == "loop":
        yield from _loop(values, binding, depth)
    elif binding.sort in ("const", "variable"):
        yield from _variable(values, binding, depth)
    else:
        raise Untold("name without a known value")


def imported(values: Values, binding: Binding) -> str:
    """The reason for which an imported name is not known."""
    return f"imported from another file: '{module(values, binding)}'"


def import_of(values: Values, binding: Binding) -> Imported:
    """What an import names: the module, and the name under which that exports it."""
    return Imported(module(values, binding), _exported_name(values, binding))


def _exported_name(values: Values, binding: Binding) -> str:
    for clause in binding.node.named_children:
        for each in clause.named_children if clause.type == "import_clause" else ():
            if each.type == "namespace_import" and values.script.text(parts(each)[0]) == binding.name:
                return ALL
            for specifier in each.named_children if each.type == "named_imports" else ():
                name = field(specifier, "name")
                local = field(specifier, "alias") or name
                if name is not None and local is not None and values.script.text(local) == binding.name:
                    return values.script.text(name)
    return DEFAULT


def module(values: Values, binding: Binding) -> str:
    """What an import names as its source."""
    source = field(binding.node, "source") or next(
        (found for child in binding.node.named_children if (found := field(child, "source")) is not None), None
    )
    return values.script.text(source)[1:-1] if source is not None else ""


def this(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """The class around the place."""
    body = next((each for each in reversed(values.script.path(node)) if each.type == "class_body"), None)
    if body is None:
        raise Untold(ELSEWHERE)
    yield Origin(body)


def condition(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """Both branches of `a ? b : c`."""
    for side in (field(node, "consequence"), field(node, "alternative")):
        if side is not None:
            yield from by_way_of("conditional", values.follow(side, depth))


def default(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """Both sides of `a ?? b` and `a || b`; any other operation is its own origin."""
    if operator(node) not in ("??", "||"):
        yield Origin(node)
        return
    for side in (field(node, "left"), field(node, "right")):
        if side is not None:
            yield from by_way_of("conditional", values.follow(side, depth))


def call(values: Values, node: Node, depth: int) -> Iterator[Origin]:
    """What a function of this file returns."""
    function = field(node, "function")
    given = arguments(node)
    if function is not None and values.script.text(function) == "Object.freeze" and given:
        yield from values.follow(given[0], depth)
        return
    target = callee(values, node)
    if target is None:
        raise Untold(_unknown_result(values, function))
    said = annotation(target, "return_type")
    if said is not None and (typed := values.only_texts(said, depth)) is not None:
        yield from typed
        return
    results = values.callers.results(target)
    if not results or target.id in values.open:
        raise Untold("result of a call")
    values.open.add(target.id)
    try:
        for each in results:
            yield from values.follow(each, depth)
    finally:
        values.open.discard(target.id)


def callee(values: Values, node: Node) -> Node | None:
    """The function of this file that a call calls: by its name, or as a method of the class around it."""
    function = field(node, "function")
    if function is None:
        return None
    if function.type == "member_expression":
        return _method(values, function)
    binding = values.scopes.find(values.script.text(function), function) if function.type == "identifier" else None
    if binding is None:
        return None
    target: Node | None = binding.node
    if binding.sort == "const" and not binding.steps:
        value = field(binding.node, "value")
        target = bare(value) if value is not None else None
    return target if target is not None and target.type in FUNCTIONS else None


def _method(values: Values, member: Node) -> Node | None:
    owner, named = field(member, "object"), field(member, "property")
    if owner is None or owner.type != "this" or named is None:
        return None
    body = next((each for each in reversed(values.script.path(owner)) if each.type == "class_body"), None)
    methods = [each for each in body.named_children if each.type == "method_definition"] if body is not None else []
    wanted = values.script.text(named)
    return next((each for each in methods if values.script.text(field(each, "name") or each) == wanted), None)


def _unknown_result(values: Values, function: Node | None) -> str:
    if function is not None and function.type == "identifier":
        binding = values.scopes.find(values.script.text(function), function)
        if binding is not None and binding.sort == "import":
            return imported(values, binding)
    if function is not None and re.match(r"(?:Deno\.env|Bun\.env|process\.env)\b", values.script.text(function)):
        return "environment variable"
    return "result of a call"


def _variable(values: Values, binding: Binding, depth: int) -> Iterator[Origin]:
    said = annotation(binding.node)
    try:
        found = [
            each
            for one in _given(values, binding)
            for each in _stepped(values, values.follow(one, depth), binding, depth)
        ]
    except Untold:
        if said is None:
            raise
        yield from by_way_of("union", _stepped(values, values.follow(said, depth), binding, depth))
        return
    yield from (Origin(each.node, "constant" if each.via in (None, "cast") else each.via) for each in found)


def _given(values: Values, binding: Binding) -> list[Node]:
    """Every expression that the variable is given; for a constant, the one of its declaration."""
    value = field(binding.node, "value")
    if values.script.mentions(binding.name, _CHANGERS):
        raise Untold("list that is changed later")
    assigned = [] if binding.sort == "const" else values.callers.assigned(binding)
    given = assigned if value is None or assigned is None else [value, *assigned]
    if not given:
        raise Untold("variable that is set elsewhere")
    return given


def _loop(values: Values, binding: Binding, depth: int) -> Iterator[Origin]:
    over, kind = field(binding.node, "right"), operator(binding.node)
    if over is None:
        raise Untold("loop over what is not in this file")
    met: Iterable[Origin]
    if kind == "in":
        met = (Origin(key) for each in values.follow(over, depth) for key in keys(bare(each.node)))
    else:
        met = elements(values, over, depth)
    yield from by_way_of("loop", _stepped(values, met, binding, depth))


def _parameter(values: Values, binding: Binding, depth: int) -> Iterator[Origin]:
    holder = binding.node
    if holder.id in values.open:
        return
    listed = values.callers.iterated(holder)
    if listed is not None:
        yield from by_way_of("loop", _stepped(values, elements(values, listed, depth), binding, depth))
    elif (typed := _by_type(values, binding, depth)) is not None:
        yield from typed
    else:
        yield from _by_callers(values, binding, depth)


def given(values: Values, node: Node, depth: int) -> list[Origin] | None:
    """What the callers give for a parameter whose type says too little; None for what is no parameter."""
    node = bare(node)
    binding = values.scopes.find(values.script.text(node), node) if node.type == "identifier" else None
    if binding is None or binding.sort != "parameter" or binding.node.id in values.open:
        return None
    return list(_by_callers(values, binding, depth))


def _by_type(values: Values, binding: Binding, depth: int) -> list[Origin] | None:
    said = annotation(binding.node)
    if said is None:
        return None
    try:
        return list(by_way_of("union", _stepped(values, values.follow(said, depth), binding, depth)))
    except Untold:
        return None


def _by_callers(values: Values, binding: Binding, depth: int) -> Iterator[Origin]:
    given = values.callers.given(binding.node)
    if given is None and (taken := values.callers.exported(binding.node)) is not None:
        outside, inside = values.elsewhere.given(taken), values.callers.inside(binding.node)
        given = [*inside, *outside] if outside is not None and inside is not None else None
    if not given:
        raise Untold("parameter without a known caller")
    # A function that hands its parameter on to itself adds no value.
    values.open.add(binding.node.id)
    try:
        for one in given:
            yield from by_way_of("parameter", _stepped(values, values.follow(one, depth), binding, depth))
    finally:
        values.open.discard(binding.node.id)


def _stepped(values: Values, found: Iterable[Origin], binding: Binding, depth: int) -> Iterator[Origin]:
    """Follow the way that destructuring takes into each value."""
    for each in binding.steps:
        found = step(values, found, each, depth)
    yield from found
    if binding.fallback is not None:
        yield from values.follow(binding.fallback, depth)
