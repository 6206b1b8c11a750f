"""From the argument of a call to the names it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.origin import Text, Untold
from analyzer.code.script import span_of
from analyzer.code.value import Values
from analyzer.model.facts import Kind, Name, Unresolved
from analyzer.model.record import Record
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node


class Naming(Record, frozen=True):
    """The names that an argument can be, at least one."""

    names: tuple[Name, ...]


def named(values: Values, argument: Node) -> Naming | Untold:
    """The names, or the reason for which they cannot be known.

    A name written in the argument itself has the span of its text; one that stands elsewhere has that of the argument.
    """
    try:
        texts = values.texts(argument)
    except Untold as untold:
        return untold
    return Naming(tuple(Name(each.text, _span(argument, each), each.via) for each in texts))


def unresolved(kind: Kind, argument: Node, reason: Untold) -> Unresolved:
    """What is said about a call whose name is not known."""
    return Unresolved(kind, span_of(argument), str(reason))


def _span(argument: Node, text: Text) -> Span:
    node = text.node
    if node is None or not (argument.start_byte <= node.start_byte and node.end_byte <= argument.end_byte):
        return span_of(argument)
    return Span(node.start_byte + 1, node.end_byte - 1)
