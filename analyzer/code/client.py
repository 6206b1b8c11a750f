"""Whether what a method is called on is a Supabase client, and which schema it looks in.

Names of clients differ without end, so a name is the last thing asked. Against a client speak builtins and what other
libraries make; for it the call that makes the value, its type, and how else the file uses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyzer.code.bindings import callee, import_of, module
from analyzer.code.chain import Link, links
from analyzer.code.names import Naming, named
from analyzer.code.origin import Untold
from analyzer.code.scope import Binding
from analyzer.code.syntax import annotation, arguments, field, operator, parts
from analyzer.code.value import Values
from analyzer.model.crossing import Imported
from analyzer.model.facts import Access, Name
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node

# `.from` is a static method of these, or of their like.
_BUILTINS = re.compile(
    r"Array|Buffer|Object|String|Map|Set|WeakMap|WeakSet|Promise|Iterator|AsyncIterator|Observable|Readable|Duplex|"
    r"ReadableStream|Stream|BigNumber|Decimal|Blob|Temporal|[A-Z]\w*Array"
)
# After these a `.from(x)` belongs to a query builder of another kind.
_BUILDING = re.compile(
    r"select|selectDistinct|selectDistinctOn|delete|deleteFrom|update|insert|insertInto|with|distinct|columns?|count|"
    r"del|createQueryBuilder"
)
_OTHERS = re.compile(
    r"(?:node:)?(?:fs|fs-extra|knex|kysely|drizzle-orm|typeorm|sequelize|slonik|objection|@mikro-orm|rxjs|xstream|most|gsap|stream|"
    r"buffer|ethers|bignumber\.js|decimal\.js|big\.js|immutable|d3|moment|dayjs|luxon|date-fns|yjs|mongodb|mongoose|"
    r"@prisma|mysql2?|pg|postgres|@trpc|@modelcontextprotocol|viem|web3|@solana|firebase|@firebase)(?:[/-]|$)"
)
_ROLES = r"(?:browser|server|admin|service|service_?role|anon|route|action|middleware|component)?"
_MAKERS = re.compile(rf"\w*supabase\w*|(?:create|make|get|use){_ROLES}client", re.IGNORECASE)
_TYPES = re.compile(r"supabase|PostgrestClient|\bcreate(?:Server|Browser)?Client\b", re.IGNORECASE)
# Their second type argument is the schema; that of `Pick<Options, 'supabase'>` is a key.
_CLIENT_TYPES = re.compile(r"Client$", re.IGNORECASE)
_STRONG = re.compile(r"\w*supabase\w*|supa|sb(?:[A-Z_]\w*)?", re.IGNORECASE)
_WEAK = re.compile(r"\w*client|\w*(?:db|database|admin|anon|service)", re.IGNORECASE)
_QUERIED = r"from\s*(?:<[^>]*>)?\s*\([^()]*\)\s*\.\s*(?:select|insert|update|upsert|delete)\b"
_USED = (
    rf"\s*[!?]?\s*\.\s*(?:auth\s*\.|storage\s*\.\s*from\b|functions\s*\.\s*invoke\b|channel\s*\(|{_QUERIED})".encode()
)
# A key that passes row level security is told by its name.
SECRET = re.compile(r"service_?role|sb_secret|secret_?key", re.IGNORECASE)
_FOR_BROWSER = re.compile(r"\bcreate(?:Pages)?(?:Browser|ClientComponent)(?:Supabase)?Client\b")
_FOR_SERVER = re.compile(
    r"\bcreate(?:Pages)?(?:Server|RouteHandler|ServerComponent|ServerAction|Middleware)(?:Supabase)?Client\b"
)
# What is taken is never given back (``*+``): else a file that begins with many comments is tried for hours.
_IN_BROWSER = re.compile(rb"(?:\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+['\"]use client['\"]")
_HANDS_ON = re.compile(rb"\.\s*(?:from|rpc)\b")
# What a class of another library is called that builds queries, and what an undeclared class is: no name of a client.
_BUILDERS = re.compile(r"(?!.*(?:supabase|postgrest))\w*(?:Builder|Query|Statement|Selector|Parser)", re.IGNORECASE)
_CLASS = re.compile(r"[A-Z]\w*")
_LITERALS = frozenset({"string", "array", "template_string", "number", "regex"})
_HOPS = 6


class Receiver(Record, frozen=True):
    """What a method is called on.

    ``steps`` lead to it, the last one first, through the constants of the file. ``likely`` is True with evidence for a
    client, False with evidence against, None without any; ``weak`` when at least a name suggests one. ``makers`` are
    the calls that may make the client, ``types`` what it is declared to be. ``source`` is where the client, or what makes
    it, is imported from.
    """

    steps: tuple[Link, ...] = ()
    likely: bool | None = None
    weak: bool = False
    makers: tuple[Node, ...] = ()
    types: tuple[Node, ...] = ()
    source: Imported | None = None

    def last(self) -> str:
        """The member or method that gives the receiver; empty when it is made without."""
        return self.steps[0].name if self.steps else ""


def receiver_of(values: Values, node: Node, hops: int = _HOPS) -> Receiver:
    """Follow a receiver through the constants of the file, and weigh whether it is a client."""
    steps, root = links(values.script, node)
    if any(step.call is not None and _BUILDING.fullmatch(step.name) for step in steps) or _builtin(values, steps, root):
        return Receiver(tuple(steps), False)
    told = _root(values, steps, root, hops)
    likely, weak = told.likely, told.weak
    if likely is None:
        likely, weak = _by_name(values, steps, root, weak)
    return Receiver((*steps, *told.steps), likely, weak, told.makers, told.types, told.source)


def access_of(values: Values, receiver: Receiver) -> Access | None:
    """The kind of client that the file itself shows: by its key, by the file, by the function that makes it."""
    text = "\n".join(values.script.text(maker) for maker in receiver.makers)
    if (told := access_in(text)) == "service":
        return told
    return "browser" if _IN_BROWSER.match(values.script.data) else told


def access_in(code: str) -> Access | None:
    """The kind of client that this code makes; None where nothing tells."""
    if SECRET.search(code):
        return "service"
    if _FOR_BROWSER.search(code):
        return "browser"
    return "server" if _FOR_SERVER.search(code) else None


def schema_of(values: Values, receiver: Receiver) -> tuple[Name | None, bool]:
    """The schema that the receiver looks in: None for the client's default, and False where it could not be read."""
    asked = next((step.call for step in receiver.steps if step.name == "schema" and step.call is not None), None)
    if asked is not None:
        return _schema_name(values, arguments(asked)[:1])
    for maker in receiver.makers:
        if (option := _option(values, maker)) is not None:
            return _schema_name(values, [option])
    for said in receiver.types:
        given, name = field(said, "type_arguments"), field(said, "name")
        if name is None or not _CLIENT_TYPES.search(values.script.text(name)):
            continue
        if given is not None and (second := parts(given)[1:2]) and second[0].type == "literal_type":
            return _schema_name(values, second)
    return None, True


def _schema_name(values: Values, given: list[Node]) -> tuple[Name | None, bool]:
    found = named(values, given[0]) if given else None
    if not isinstance(found, Naming) or len(found.names) != 1:
        return None, False
    return found.names[0], True


def _option(values: Values, maker: Node) -> Node | None:
    """`{ db: { schema: X } }` among the arguments of the call that makes the client."""
    for given in arguments(maker):
        options = _entry(values, given, "db")
        schema = _entry(values, options, "schema") if options is not None else None
        if schema is not None:
            return schema
    return None


def _entry(values: Values, node: Node, key: str) -> Node | None:
    try:
        return values.entry(node, key)
    except Untold:
        return None


def _builtin(values: Values, steps: list[Link], root: Node) -> bool:
    if steps and steps[0].call is not None:
        return False
    name = steps[0].name if steps else values.script.text(root)
    return _BUILTINS.fullmatch(name) is not None or values.script.text(root) == "Temporal"


def _root(values: Values, steps: list[Link], root: Node, hops: int) -> Receiver:
    if hops == 0:
        return Receiver()
    if root.type in _LITERALS or (root.type == "object" and _has_from(values, root)):
        return Receiver(likely=False)
    if root.type == "identifier":
        name = values.script.text(root)
        binding = values.scopes.find(name, root)
        if binding is None and not steps and _CLASS.fullmatch(name) and not _looks_like_client(name):
            return Receiver(likely=False)
        return _declared(values, binding, hops) if binding is not None else Receiver()
    if root.type == "this" and steps:
        return _field(values, root, steps[-1].name, hops)
    if root.type in ("call_expression", "new_expression"):
        return _made(values, root, hops)
    sides: list[Node | None] = []
    if root.type == "ternary_expression":
        sides = [field(root, "consequence"), field(root, "alternative")]
    elif operator(root) in ("??", "||"):
        sides = [field(root, "left"), field(root, "right")]
    return _either(receiver_of(values, side, hops - 1) for side in sides if side is not None)


def _has_from(values: Values, node: Node) -> bool:
    """True for an object whose `from` or `rpc` the file writes itself, unless it hands on to another: a mock."""
    named = (field(each, "key") or field(each, "name") for each in parts(node))
    own = any(each is not None and values.script.text(each) in ("from", "rpc") for each in named)
    return own and _HANDS_ON.search(values.script.data, node.start_byte, node.end_byte) is None


def _either(found: Iterable[Receiver]) -> Receiver:
    """One of several values: the first with evidence speaks for all of them."""
    all_of_them = list(found)
    return next((each for each in all_of_them if each.likely is not None), next(iter(all_of_them), Receiver()))


def _declared(values: Values, binding: Binding, hops: int) -> Receiver:
    if binding.sort == "import":
        return Receiver(likely=_by_module(module(values, binding)), source=import_of(values, binding))
    if binding.sort not in ("parameter", "const", "variable"):
        return Receiver()
    if not binding.steps and (told := _typed(values, annotation(binding.node))) is not None:
        return told
    value = field(binding.node, "value")
    if value is None:
        return Receiver()
    told = receiver_of(values, value, hops - 1)
    taken = [Link(step, None) for step in reversed(binding.steps) if isinstance(step, str)]
    return Receiver((*taken, *told.steps), told.likely, told.weak, told.makers, told.types, told.source)


def _typed(values: Values, said: Node | None) -> Receiver | None:
    if said is None or not _TYPES.search(values.script.text(said)):
        return None
    return Receiver(likely=True, types=(said,))


def _by_module(name: str) -> bool | None:
    if _OTHERS.match(name):
        return False
    return True if "supabase" in name.lower() else None


def _made(values: Values, call: Node, hops: int) -> Receiver:
    """What a call makes: judged by where the function comes from, by what it returns, at last by its name."""
    function = field(call, "function") or field(call, "constructor")
    if function is None:
        return Receiver()
    name = values.script.text(function)
    if call.type == "new_expression" and _BUILDERS.fullmatch(name.rpartition(".")[2]):
        return Receiver(likely=False)
    binding = values.scopes.find(name, call) if function.type == "identifier" else None
    if binding is not None and binding.sort == "import":
        likely = _by_module(module(values, binding))
        if likely is not None:
            return Receiver(likely=likely, makers=(call,), source=import_of(values, binding))
    target = callee(values, call) if call.type == "call_expression" else None
    if target is not None:
        told = _either(receiver_of(values, each, hops - 1) for each in values.callers.results(target)[:4])
        if told.likely is not None:
            return told
    likely = True if _MAKERS.fullmatch(name.rpartition(".")[2]) else None
    source = import_of(values, binding) if binding is not None and binding.sort == "import" else None
    return Receiver(likely=likely, weak=_WEAK.fullmatch(name) is not None, makers=(call,), source=source)


def _field(values: Values, this: Node, name: str, hops: int) -> Receiver:
    """`this.name`: judged by the field of the class, its type or its value."""
    body = next((each for each in reversed(values.script.path(this)) if each.type == "class_body"), None)
    for each in _fields(values, body) if body is not None else ():
        label = field(each, "name") or field(each, "pattern")
        if label is None or values.script.text(label) != name:
            continue
        if (told := _typed(values, annotation(each))) is not None:
            return told
        if (value := field(each, "value")) is not None:
            return receiver_of(values, value, hops - 1)
    return Receiver()


def _fields(values: Values, body: Node) -> list[Node]:
    """The fields of a class, with the parameters of its constructor, which may declare some."""
    found: list[Node] = []
    for each in parts(body):
        name, listed = field(each, "name"), field(each, "parameters")
        if each.type == "public_field_definition":
            found.append(each)
        elif name is not None and listed is not None and values.script.text(name) == "constructor":
            found.extend(parts(listed))
    return found


def _looks_like_client(name: str) -> bool:
    return any(each.fullmatch(name) for each in (_STRONG, _MAKERS, _WEAK))


def _by_name(values: Values, steps: list[Link], root: Node, weak: bool) -> tuple[bool | None, bool]:
    text = values.script.text(root) if root.type == "identifier" else ""
    spelt = [each for each in (text, *(step.name for step in steps)) if each]
    if any(_STRONG.fullmatch(each) or _MAKERS.fullmatch(each) for each in spelt):
        return True, True
    if text and values.script.mentions(text, _USED):
        return True, True
    return None, weak or any(_WEAK.fullmatch(each) for each in (*spelt[:1], *(step.name for step in steps[:1])))
