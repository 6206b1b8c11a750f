"""A tree that remembers what was read of it, so that it can be told whether all of that is still as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha1
from typing import Any, TypeVar

from analyzer.cache.codec import Unreadable
from analyzer.cache.memo import question
from analyzer.model.inventory import Inventory, Named, Tree
from analyzer.model.record import Record
from analyzer.model.source import Problem

T = TypeVar("T")


def inventory_digest(inventory: Inventory) -> bytes:
    """What an inventory is known by, the same in every process. Raises Unreadable for a file name that is no UTF-8."""
    from msgspec import msgpack

    try:
        return question(msgpack.encode(inventory, order="deterministic"))
    except ValueError as error:
        raise Unreadable(str(error)) from None


def asked(path: str, digest: bytes, read: Callable[..., Any], *given: object) -> bytes:
    """The name of a question: the reader, the file with its content, and what the reader is told besides."""
    return question(read.__name__, path, digest, *map(repr, given))


class Asked(Record, frozen=True):
    """A question about a file: the name of the reader, and what it is told besides, as bytes."""

    reader: str
    given: bytes


class Trace(Record, frozen=True):
    """How a run came to look at files: what it ``asked`` of each code file, and by what the inventory is known.

    ``sorted`` are the files that were read to make the inventory, ``plain`` those that were read for anything else that
    is no question; ``told`` is what others were only asked for the inventory, by the names of the traits.
    """

    asked: Mapping[str, tuple[Asked, ...]]
    inventory: bytes
    sorted: frozenset[str]
    plain: frozenset[str]
    told: Mapping[str, Mapping[str, bool]]


def digest_of(data: bytes) -> bytes:
    """What a file's content is known by: the name that git gives it, so that git's objects need not be read for it."""
    name = sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    name.update(data)
    return name.digest()


class TracedTree:
    """The files of another tree; ``seen`` has the digest of each file that was read, None where it could not be.

    ``steady`` becomes False when a file changed between two looks at it: then nothing can be said of the whole.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        # What the other tree knows a file's content by, where it does without reading it.
        self._told: Callable[[str], bytes | None] = tree.digest if isinstance(tree, Named) else lambda path: None
        self._last: tuple[str, bytes] | None = None
        self._listed: tuple[tuple[str, ...], bytes] | None = None
        self.seen: dict[str, bytes | None] = {}
        self.steady = True
        self.sorted: set[str] = set()
        self.plain: set[str] = set()
        self.told: dict[str, dict[str, bool]] = {}

    def paths(self) -> tuple[str, ...]:
        """Every file, as the other tree has them."""
        return self._tree.paths()

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of ``paths``."""
        return self._tree.problems()

    def read(self, path: str) -> bytes:
        """The file's bytes, for whatever they are taken. Raises OSError when it cannot be read."""
        self.plain.add(path)
        return self.content(path)

    def sort(self, find: Callable[[Tree], T]) -> T:
        """What is found by looking for what the tree consists of."""
        before = set(self.plain)
        try:
            return find(self)
        finally:
            self.sorted |= self.plain - before
            self.plain = before

    def has(self, path: str, trait: Callable[[bytes], bool]) -> bool:
        """What the trait says of the file, which is noted. Raises OSError when it cannot be read."""
        told = self.told.setdefault(path, {})
        if trait.__name__ not in told:
            try:
                told[trait.__name__] = trait(self.content(path))
            except OSError:
                self.plain.add(path)
                raise
        return told[trait.__name__]

    def content(self, path: str) -> bytes:
        """The file's bytes, for an answer that is noted, or is found anew each time. Raises OSError when it cannot be read."""
        # The last file is kept: it is asked for its digest first, and then for its bytes.
        if self._last is not None and self._last[0] == path:
            return self._last[1]
        try:
            data = self._tree.read(path)
        except OSError:
            self._note(path, None)
            raise
        self._last = (path, data)
        self._note(path, self._told(path) or digest_of(data))
        return data

    def digest(self, path: str) -> bytes:
        """What the file's content is known by; it is read for that once, if at all. Raises OSError when it cannot be read."""
        known = self.seen.get(path) or self._told(path)
        if known is None:
            self.content(path)
            known = self.seen[path]
        assert known is not None
        self._note(path, known)
        return known

    def named(self, path: str) -> bytes:
        """The same, for an answer that is made of several files. Raises OSError when it cannot be read."""
        self.plain.add(path)
        return self.digest(path)

    def forget(self, path: str) -> None:
        """Look at this file again the next time that it is asked for: it is known to have changed."""
        self.seen.pop(path, None)
        self.told.pop(path, None)
        self._last = None

    @property
    def listing(self) -> bytes:
        """What the names of the files, and what kept others out, are known by."""
        paths = self.paths()
        if self._listed is None or self._listed[0] is not paths:
            self._listed = (paths, question(*paths))
        return question(self._listed[1], repr(self.problems()))

    def changed(self, seen: Mapping[str, bytes | None]) -> Iterator[str]:
        """Those of these files that are not as they were seen."""
        return (path for path, digest in seen.items() if self._digest_if_any(path) != digest)

    def _digest_if_any(self, path: str) -> bytes | None:
        try:
            return self.digest(path)
        except OSError:
            return None

    def _note(self, path: str, digest: bytes | None) -> None:
        if self.seen.setdefault(path, digest) != digest:
            self.steady = False
