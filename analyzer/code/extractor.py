"""What an extractor is. Each file in ``extractors/`` holds one, as ``EXTRACTOR``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from analyzer.code.value import Values
from analyzer.model.facts import Kind, Reference, Unresolved
from analyzer.model.record import Record

if TYPE_CHECKING:
    from tree_sitter import Node


class Match(Record, frozen=True):
    """One place that an extractor's query found: the nodes by capture, and the values of the file around them."""

    nodes: Mapping[str, Node]
    values: Values


Found = Reference | Unresolved | tuple[Reference | Unresolved, ...] | None


class Extractor(Record, frozen=True):
    """One kind of call.

    ``query`` names a file in ``queries/``, which several may share: it says where such a call may stand, and captures that
    under its own name, and as ``@anchor`` the word by which it is found. ``anchor`` is a regular expression for the bytes
    that end with that word: a file without them is not parsed. They begin with one of ``words``, or with a dot and blanks
    before it. ``read`` says what the call asks for; None, or nothing, when it is none of this kind after all.
    """

    name: str
    kinds: tuple[Kind, ...]
    words: tuple[bytes, ...]
    anchor: bytes
    query: str
    read: Callable[[Match], Found]
