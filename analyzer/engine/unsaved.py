"""One file as an editor has it, judged within its project."""

from __future__ import annotations

from pathlib import Path

from analyzer.discover import Overlay, WorkTree
from analyzer.engine.options import Options
from analyzer.engine.reporting import only_of
from analyzer.engine.session import Session
from analyzer.model.errors import ConfigError, NotScanned
from analyzer.model.report import Report


class Unsaved:
    """A file's text that is not on disk, or not yet as it is on disk, laid over the project below ``root``."""

    def __init__(self, root: Path, options: Options, file: Path, data: bytes) -> None:
        """Raises ConfigError for a file outside of the folder, and as ``Session.open`` does."""
        self._tree = WorkTree(root)
        path = self._tree.path_of(file)
        if path is None:
            raise ConfigError(f"{file} is not in {root}: give the folder that holds its project")
        self.path = path
        self.session = Session.open(root, options, Overlay(self._tree, {path: data}))

    def scan(self) -> Report:
        """What is wrong in the file. Raises NotScanned for one that is ignored, or that a scan has no use for."""
        if not self._tree.takes(self.path):
            raise NotScanned(f"{self.path} is not checked: git ignores it, or it stands among files that nobody wrote")
        inventory = self.session.inventory
        if self.path in inventory.bundles:
            raise NotScanned(f"{self.path} is not checked: it is minified")
        if not inventory.holds(self.path):
            raise NotScanned(
                f"{self.path} is not checked: it is neither code nor part of a schema, or `exclude` leaves it out"
            )
        return only_of(self.session.scan(), self.path)
