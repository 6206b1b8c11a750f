"""What is proposed: files with other bytes, new ones, and ones that go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from analyzer.model.inventory import Tree
from analyzer.model.record import Record
from analyzer.model.report import Entry
from analyzer.model.source import Problem


class Change(Record, frozen=True):
    """One file. ``before`` is None for a new one, ``after`` None for one that goes."""

    path: str
    before: bytes | None
    after: bytes | None


class Proposal(Record, frozen=True):
    """A change that mends findings: those of ``code`` on ``subjects``.

    ``safe`` when nothing but the fault can change; ``why`` explains what was chosen, and is empty where nothing was.
    """

    code: str
    subjects: tuple[str, ...]
    title: str
    changes: tuple[Change, ...]
    safe: bool = True
    why: str = ""

    def moved(self) -> list[tuple[str, str]]:
        """The files that get another name: the old one, and the new."""
        gone = {each.before: each.path for each in self.changes if each.after is None}
        return [(gone[each.after], each.path) for each in self.changes if each.before is None and each.after in gone]

    def files(self) -> dict[str, bytes | None]:
        """The bytes of each file afterwards."""
        return {change.path: change.after for change in self.changes}


class Refused(Record, frozen=True):
    """A fault for which nothing is proposed, with the reason."""

    code: str
    subject: str
    reason: str


class Mending(Record, frozen=True):
    """What mends the faults of a tree, in the order in which it is to be done, and what can't be mended.

    ``uncovered`` are the findings that show once it is done: of statements that run now and failed before, and of what
    is made from the schema and not from this, such as generated types.
    """

    made: tuple[Proposal, ...]
    refused: tuple[Refused, ...] = ()
    uncovered: tuple[Entry, ...] = ()


class Patched:
    """A tree with changes laid over it: other bytes, new files, and files that are gone (None)."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes | None]) -> None:
        self._tree = tree
        self._files = dict(files)

    def paths(self) -> tuple[str, ...]:
        """Every file after the changes, in byte order."""
        there = {path for path in self._tree.paths() if self._files.get(path, b"") is not None}
        there.update(path for path, data in self._files.items() if data is not None)
        return tuple(sorted(there, key=os.fsencode))

    def read(self, path: str) -> bytes:
        """The bytes after the changes. Raises OSError when it cannot be read."""
        if path not in self._files:
            return self._tree.read(path)
        data = self._files[path]
        if data is None:
            raise FileNotFoundError(path)
        return data

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of the tree."""
        return self._tree.problems()


def merged(proposals: Iterable[Proposal]) -> dict[str, bytes | None]:
    """All their changes together; each was made on top of those before it."""
    files: dict[str, bytes | None] = {}
    for proposal in proposals:
        files.update(proposal.files())
    return files
