"""A parsed file: its bytes beside its syntax tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node


class Script:
    """A syntax tree over the bytes it was made from; every position in it is a byte of those.

    ``end`` is where the file ends; what stands behind it was set there (``Elsewhere``), and is no part of it.
    """

    def __init__(self, data: bytes, root: Node, end: int | None = None) -> None:
        self.data = data
        self.root = root
        self.end = len(data) if end is None else end
        self._path: list[Node] = [root]
        self._mentions: dict[bytes, bool] = {}

    def text(self, node: Node) -> str:
        """The source text of a node; bytes that are not UTF-8 are replaced."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def path(self, node: Node) -> list[Node]:
        """The nodes that hold this one, from the root down to its parent.

        ``Node.parent`` searches from the root each time, which is quadratic in deeply nested code; here the last path
        is kept, and only the part that differs is walked.
        """
        path = self._path
        while len(path) > 1 and not _holds(path[-1], node):
            path.pop()
        cursor = path[-1].walk()
        while cursor.goto_first_child_for_byte(node.start_byte) is not None:
            child = cursor.node
            if child is None or child.id == node.id or not _covers(child, node):
                break
            path.append(child)
        return [] if node.id == self.root.id else path.copy()

    def mentions(self, pattern: bytes) -> bool:
        """True when the regular expression matches anywhere in the file; each is looked for once."""
        found = self._mentions.get(pattern)
        if found is None:
            found = self._mentions[pattern] = re.search(pattern, self.data) is not None
        return found

    def occurrences(self, name: str, within: Node | None = None) -> Iterator[Node]:
        """The smallest nodes at which ``name`` stands as a whole word, in order."""
        scope = within or self.root
        pattern = re.compile(rb"(?<![\w$])" + re.escape(name.encode()) + rb"(?![\w$])")
        for hit in pattern.finditer(self.data, scope.start_byte, min(scope.end_byte, self.end)):
            node = self.root.descendant_for_byte_range(hit.start(), hit.end())
            if node is not None and (node.start_byte, node.end_byte) == hit.span():
                yield node


def span_of(node: Node) -> Span:
    """The bytes that a node covers."""
    return Span(node.start_byte, node.end_byte)


def _covers(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _holds(outer: Node, inner: Node) -> bool:
    return _covers(outer, inner) and outer.end_byte - outer.start_byte > inner.end_byte - inner.start_byte
