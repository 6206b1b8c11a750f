"""The chain of calls that a method stands in: what it is called on, with what, and what is called on its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.script import Script
from analyzer.code.syntax import WRAPPERS, arguments, bare, field
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node


# No chain in real code comes near; it bounds what each of a thousand calls in one chain costs.
_LONGEST = 200


class Link(Record, frozen=True):
    """One step of a receiver, ``.name`` or ``.name(…)``; ``call`` is None for a plain member."""

    name: str
    call: Node | None


class Onward(Record, frozen=True):
    """The calls on an expression, in order; ``end`` is the expression that they make, ``awaited`` when that is its answer."""

    links: tuple[Link, ...]
    end: Node
    awaited: bool


class Chain(Record, frozen=True):
    """One call ``receiver.method(given)`` in its chain, and what is called on its result."""

    call: Node
    receiver: Node
    given: tuple[Node, ...]
    onward: Onward

    @property
    def after(self) -> tuple[str, ...]:
        """The names of the methods called on the result, in order."""
        return tuple(link.name for link in self.onward.links)


def chain_of(script: Script, member: Node) -> Chain | None:
    """The call of this member expression, casts and parentheses around it aside; None when it is not called."""
    receiver = field(member, "object")
    path = script.path(member)
    call = _call(member, path)
    if receiver is None or call is None:
        return None
    return Chain(call, bare(receiver), tuple(arguments(call)), _onward(script, call, path))


def onward(script: Script, node: Node) -> Onward:
    """The calls on this expression."""
    return _onward(script, node, script.path(node))


def links(script: Script, receiver: Node) -> tuple[list[Link], Node]:
    """The steps of a receiver, the last one first, and the expression that it begins with."""
    found: list[Link] = []
    node = bare(receiver)
    while len(found) < _LONGEST:
        call = node if node.type == "call_expression" else None
        function = field(node, "function") if call is not None else node
        member = bare(function) if function is not None else node
        owner, name = field(member, "object"), field(member, "property")
        if member.type != "member_expression" or owner is None or name is None:
            return found, node
        found.append(Link(script.text(name), call))
        node = bare(owner)
    return found, node


def _call(member: Node, path: list[Node]) -> Node | None:
    """The call whose function the member is; ``path`` loses what stands within it, and the call."""
    inner = member
    while path and path[-1].type in WRAPPERS:
        inner = path.pop()
    if not path or path[-1].type != "call_expression":
        return None
    function = field(path[-1], "function")
    return path.pop() if function is not None and function.id == inner.id else None


def _onward(script: Script, inner: Node, path: list[Node]) -> Onward:
    found: list[Link] = []
    awaited = False
    while path and len(found) < _LONGEST:
        outer = path.pop()
        owner = field(outer, "object")
        if outer.type in WRAPPERS:
            awaited = awaited or outer.type == "await_expression"
            inner = outer
        elif outer.type == "member_expression" and owner is not None and owner.id == inner.id:
            name = field(outer, "property")
            called = _call(outer, path)
            if name is None or called is None:
                break
            found.append(Link(script.text(name), called))
            inner = called
        else:
            break
    return Onward(tuple(found), inner, awaited)
