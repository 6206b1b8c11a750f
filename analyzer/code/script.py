"""A parsed file: its bytes beside its syntax tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_WORDS = frozenset(
    bytes((each,)) for each in range(256) if chr(each).isascii() and (chr(each).isalnum() or chr(each) in "_$")
)


class Script:
    """A syntax tree over the bytes it was made from; every position in it is a byte of those.

    ``end`` is where the file ends; what stands behind it was set there (``Elsewhere``), and is no part of it.
    """

    def __init__(self, data: bytes, root: Node, end: int | None = None) -> None:
        self.data = data
        self.root = root
        self.end = len(data) if end is None else end
        self._path: list[Node] = [root]
        self._node = -1
        self._mentions: dict[tuple[str, bytes], bool] = {}

    def text(self, node: Node) -> str:
        """The source text of a node; bytes that are not UTF-8 are replaced."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def path(self, node: Node) -> list[Node]:
        """The nodes that hold this one, from the root down to its parent.

        ``Node.parent`` searches from the root each time, which is quadratic in deeply nested code; here the last path
        is kept, and only the part that differs is walked.
        """
        if node.id == self._node:
            return self._path.copy()
        path, start, end = self._path, node.start_byte, node.end_byte
        while len(path) > 1 and not _holds(path[-1], start, end):
            path.pop()
        cursor = path[-1].walk()
        while cursor.goto_first_child_for_byte(start) is not None:
            child = cursor.node
            if child is None or child.id == node.id or child.end_byte < end or child.start_byte > start:
                break
            path.append(child)
        self._node = node.id if node.id != self.root.id else -1
        return path.copy() if self._node != -1 else []

    def mentions(self, name: str, after: bytes) -> bool:
        """True when the name stands somewhere, not as a member, and behind it what the regular expression matches."""
        key = (name, after)
        found = self._mentions.get(key)
        if found is None:
            behind = re.compile(after)
            found = self._mentions[key] = any(
                self.data[at - 1 : at] != b"." and behind.match(self.data, end)
                for at, end in self._words(name.encode(), 0, len(self.data))
            )
        return found

    def occurrences(self, name: str, within: Node | None = None) -> Iterator[Node]:
        """The smallest nodes at which ``name`` stands as a whole word, in order."""
        scope = within or self.root
        # What other files tell is set after the file's end: it is only looked through when it is asked for.
        end = scope.end_byte if scope.start_byte >= self.end else min(scope.end_byte, self.end)
        for hit in self._words(name.encode(), scope.start_byte, end):
            node = self.root.descendant_for_byte_range(*hit)
            if node is not None and (node.start_byte, node.end_byte) == hit:
                yield node

    def _words(self, word: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the word stands as a whole. A search for the bytes is ten times as fast as a regular expression."""
        data, size = self.data, len(word)
        at = data.find(word, start, end) if word else -1
        while at != -1:
            if data[at - 1 : at] not in _OF_WORDS and data[at + size : at + size + 1] not in _OF_WORDS:
                yield at, at + size
            at = data.find(word, at + size, end)


def span_of(node: Node) -> Span:
    """The bytes that a node covers."""
    return Span(node.start_byte, node.end_byte)


def _holds(outer: Node, start: int, end: int) -> bool:
    first, last = outer.start_byte, outer.end_byte
    return first <= start and end <= last and last - first > end - start
