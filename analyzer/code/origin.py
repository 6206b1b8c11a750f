"""The words in which the value of an expression is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analyzer.model.facts import Via
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node

# How far a value is followed. No real code comes near; it bounds what hostile code can cost.
DEEPEST = 40
MOST_STEPS = 2000
MOST_TEXTS = 200

ELSEWHERE = "property of an object that is not in this file"


class Untold(Exception):
    """The value cannot be known; the text is the reason in plain words."""


class Origin(Record, frozen=True):
    """A place in which a value is written, and the step that leads there; None for the expression itself."""

    node: Node
    via: Via | None = None


class Text(Record, frozen=True):
    """A text that an expression can be; ``node`` is the one literal that holds the whole of it, if there is one."""

    text: str
    via: Via
    node: Node | None = None


def by_way_of(via: Via, origins: Iterable[Origin]) -> Iterator[Origin]:
    """The same places, reached by this step."""
    return (Origin(each.node, via) for each in origins)
