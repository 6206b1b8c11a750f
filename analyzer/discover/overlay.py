"""A tree with an editor's unsaved text laid over it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from analyzer.model.inventory import Tree
from analyzer.model.source import Problem


class Overlay:
    """The files of another tree, some of them with other bytes; one that is not there is added."""

    def __init__(self, tree: Tree, unsaved: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._unsaved = dict(unsaved)

    def paths(self) -> tuple[str, ...]:
        """Every file of the tree, and those laid over it, in byte order."""
        paths = self._tree.paths()
        new = self._unsaved.keys() - set(paths)
        return tuple(sorted((*paths, *new), key=os.fsencode)) if new else paths

    def read(self, path: str) -> bytes:
        """The bytes laid over the file, else its own. Raises OSError when it cannot be read."""
        data = self._unsaved.get(path)
        return self._tree.read(path) if data is None else data

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of the tree."""
        return tuple(each for each in self._tree.problems() if each[0] not in self._unsaved)
