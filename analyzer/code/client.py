"""Whether what a method is called on is a Supabase client, and which schema it looks in.

Names of clients differ without end, so a name only supports what the syntax says. Against: builtins, query builders of
other libraries. For: how the value is made, its type, how else the file uses it, and at last its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as made
from typing import TYPE_CHECKING

from analyzer.code.chain import Link, links
from analyzer.code.names import Naming, named
from analyzer.code.scope import Binding
from analyzer.code.syntax import FUNCTIONS, annotation, arguments, bare, field, parts
from analyzer.code.value import Untold, Values
from analyzer.model.facts import Name

if TYPE_CHECKING:
    from tree_sitter import Node

# `.from` is a static method of these, or of their like.
_BUILTINS = frozenset(
    [
        "Array",
        "Buffer",
        "Object",
        "String",
        "Map",
        "Set",
        "WeakMap",
        "WeakSet",
        "Promise",
        "Iterator",
        "AsyncIterator",
        "Observable",
        "Readable",
        "Duplex",
        "ReadableStream",
        "Stream",
        "BigNumber",
        "Decimal",
        "Blob",
        "Uri",
        "URI",
        "Temporal",
    ]
)
_TYPED_ARRAY = re.compile(r"\w*Array$")
# After these a `.from(x)` belongs to a query builder of another kind.
_BUILDING = frozenset(
    [
        "select",
        "selectDistinct",
        "selectDistinctOn",
        "delete",
        "deleteFrom",
        "update",
        "insert",
        "with",
        "distinct",
        "column",
        "columns",
        "count",
        "del",
        "insertInto",
        "createQueryBuilder",
    ]
)
_OTHERS = re.compile(
    r"^(?:node:)?(?:knex|kysely|drizzle-orm|typeorm|sequelize|slonik|objection|@mikro-orm|rxjs|xstream|most|gsap|stream|"
    r"buffer|ethers|bignumber\.js|decimal\.js|big\.js|immutable|d3|moment|dayjs|luxon|date-fns|yjs|mongodb|mongoose|"
    r"@prisma|mysql2?|pg|postgres|@trpc|json-rpc|vscode-|@modelcontextprotocol|viem|web3|@solana|firebase|@firebase)"
    r"(?:[/-]|$)"
)
_MAKES = re.compile(r"supabase|^(?:create|make|build|init|get|use|new)\w*client$|^(?:create|use)client$", re.IGNORECASE)
_TYPES = re.compile(r"supabase|PostgrestClient|createClient|createServerClient|createBrowserClient", re.IGNORECASE)
_STRONG_NAME = re.compile(r"supabase|supa$|^sb$|^sb[A-Z_]", re.IGNORECASE)
_WEAK_NAME = re.compile(
    r"client$|^(?:db|admin|anon|service|svc|database)$|(?:admin|service|anon|user|auth)_?(?:db|role|sb|client)$",
    re.IGNORECASE,
)
_USED = rb"(?<![\w$.])%s\s*[!?]?\s*\.\s*(?:auth\s*\.|storage\s*\.\s*from\b|functions\s*\.\s*invoke\b|channel\s*\(|from\s*(?:<[^>]*>)?\s*\([^()]*\)\s*\.\s*(?:select|insert|update|upsert|delete)\b)"
_HOPS = 6


@dataclass(slots=True)
class Receiver:
    """What a method is called on: the steps of the receiver and of the constants it leads back to.

    ``root`` is what it begins with. ``likely`` is True with evidence for a client, False with evidence against, None
    without any; ``weak`` when at least the name is that of one.
    """

    steps: list[Link]
    root: Node
    likely: bool | None = None
    weak: bool = False
    makers: list[Node] = made(default_factory=list)
    types: list[Node] = made(default_factory=list)

    def last(self) -> str:
        """The member or method that gives the receiver; empty when it is a plain name."""
        return self.steps[0].name if self.steps else ""


def receiver_of(values: Values, node: Node) -> Receiver:
    """Follow a receiver through the constants of the file, and weigh whether it is a client."""
    steps, root = links(values.script, node)
    receiver = Receiver(steps, root)
    receiver.likely = _weigh(values, receiver, _HOPS)
    return receiver


def schema_of(values: Values, receiver: Receiver) -> tuple[Name | None, bool]:
    """The schema that the receiver looks in: None for the client's default, and False where it could not be read."""
    asked = next((step.call for step in receiver.steps if step.name == "schema" and step.call is not None), None)
    if asked is not None:
        return _schema_name(values, arguments(asked)[:1])
    for maker in receiver.makers:
        if (option := _option(values, maker)) is not None:
            return _schema_name(values, [option])
    for said in receiver.types:
        if (given := field(said, "type_arguments")) is not None and len(parts(given)) > 1:
            second = parts(given)[1]
            if second.type == "literal_type":
                return _schema_name(values, [second])
    return None, True


def _schema_name(values: Values, given: list[Node]) -> tuple[Name | None, bool]:
    found = named(values, given[0]) if given else None
    if not isinstance(found, Naming) or len(found.names) != 1:
        return None, False
    return found.names[0], True


def _option(values: Values, maker: Node) -> Node | None:
    """`{ db: { schema: X } }` among the arguments of the call that makes the client."""
    for given in arguments(maker):
        holder: Node | None = given
        for key in ("db", "schema"):
            holder = _entry(values, holder, key) if holder is not None else None
        if holder is not None:
            return holder
    return None


def _entry(values: Values, node: Node, key: str) -> Node | None:
    try:
        return values.entry(node, key)
    except Untold:
        return None


def _weigh(values: Values, receiver: Receiver, hops: int) -> bool | None:
    """Collect the evidence; follow the root through constants while that tells more."""
    if any(step.call is not None and step.name in _BUILDING for step in receiver.steps):
        return False
    root = receiver.root
    text = values.script.text(root)
    name = receiver.last() or text
    if _is_builtin(receiver, text):
        return False
    if root.type == "call_expression":
        return _made(values, receiver, root, hops)
    if root.type == "new_expression":
        made_by = field(root, "constructor")
        known = made_by is not None and _TYPES.search(values.script.text(made_by)) is not None
        if known:
            receiver.makers.append(root)
        return True if known else None
    if root.type == "this":
        return _field(values, receiver, hops)
    if root.type != "identifier":
        return False if root.type in ("string", "array", "template_string", "number") else None
    return _of_name(values, receiver, text, name, hops)


def _is_builtin(receiver: Receiver, root: str) -> bool:
    name = receiver.steps[0].name if receiver.steps and receiver.steps[0].call is None else root
    plain = not receiver.steps or receiver.steps[0].call is None
    return plain and (
        name in _BUILTINS or root == "Temporal" or (_TYPED_ARRAY.fullmatch(name) is not None and name[0].isupper())
    )


def _of_name(values: Values, receiver: Receiver, root: str, name: str, hops: int) -> bool | None:
    binding = values.scopes.find(root, receiver.root)
    told = _bound(values, receiver, binding, hops) if binding is not None else None
    if told is not None:
        return told
    return _by_name(values, receiver, root, name)


def _by_name(values: Values, receiver: Receiver, root: str, name: str) -> bool | None:
    spelt = [root, *(step.name for step in receiver.steps)]
    if any(_STRONG_NAME.search(each) or _MAKES.search(each) for each in spelt):
        return True
    if _WEAK_NAME.search(name):
        receiver.weak = True
    if root != "this" and re.search(_USED % re.escape(root.encode()), values.script.data):
        return True
    return None


def _bound(values: Values, receiver: Receiver, binding: Binding, hops: int) -> bool | None:
    if binding.sort == "import":
        return _imported(values, binding)
    if binding.sort in ("parameter", "const", "variable"):
        said = annotation(binding.node)
        if said is not None and not binding.steps and _TYPES.search(values.script.text(said)):
            receiver.types.append(said)
            return True
        value = field(binding.node, "value")
        if value is not None and hops and binding.sort != "parameter":
            return _through(values, receiver, binding, value, hops)
    return None


def _imported(values: Values, binding: Binding) -> bool | None:
    source = field(binding.node, "source")
    module = values.script.text(source)[1:-1] if source is not None else ""
    if _OTHERS.match(module):
        return False
    return True if "supabase" in module.lower() else None


def _through(values: Values, receiver: Receiver, binding: Binding, value: Node, hops: int) -> bool | None:
    steps, root = links(values.script, value)
    taken = [Link(step, None) for step in reversed(binding.steps) if isinstance(step, str)]
    inner = Receiver([*taken, *steps], root)
    told = _weigh(values, inner, hops - 1)
    receiver.steps += inner.steps
    receiver.makers += inner.makers
    receiver.types += inner.types
    return told


def _made(values: Values, receiver: Receiver, call: Node, hops: int) -> bool | None:
    """A client that a call makes: judged by the name of the function, or by what a function of this file returns."""
    function = field(call, "function")
    name = values.script.text(function) if function is not None else ""
    receiver.makers.append(call)
    binding = values.scopes.find(name, call) if function is not None and function.type == "identifier" else None
    if binding is not None and binding.sort == "import" and _imported(values, binding) is False:
        return False
    if binding is not None and hops:
        target = binding.node if binding.sort == "function" else field(binding.node, "value")
        target = bare(target) if target is not None else None
        if target is not None and target.type in FUNCTIONS:
            for result in values.results(target)[:1]:
                steps, root = links(values.script, result)
                inner = Receiver(steps, root)
                told = _weigh(values, inner, hops - 1)
                receiver.steps += inner.steps
                receiver.makers += inner.makers
                receiver.types += inner.types
                if told is not None:
                    return told
    return True if _MAKES.search(name.rpartition(".")[2]) else None


def _field(values: Values, receiver: Receiver, hops: int) -> bool | None:
    """`this.x`: judged by the field of the class, its type or its value."""
    if not receiver.steps:
        return None
    name = receiver.steps[-1].name
    body = next((each for each in reversed(values.script.path(receiver.root)) if each.type == "class_body"), None)
    for each in parts(body) if body is not None else ():
        holders = [each]
        if each.type == "method_definition" and values.script.text(field(each, "name") or each) == "constructor":
            holders = parts(listed) if (listed := field(each, "parameters")) is not None else []
        for holder in holders:
            label = field(holder, "name") or field(holder, "pattern")
            if label is None or values.script.text(label) != name or holder.type == "method_definition":
                continue
            said, value = annotation(holder), field(holder, "value")
            if said is not None and _TYPES.search(values.script.text(said)):
                receiver.types.append(said)
                return True
            if value is not None and hops:
                steps, root = links(values.script, value)
                inner = Receiver(steps, root)
                told = _weigh(values, inner, hops - 1)
                receiver.makers += inner.makers
                if told is not None:
                    return told
    return _by_name(values, receiver, "this", receiver.last())
