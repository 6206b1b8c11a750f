"""golang-migrate: ``<version>_<name>.up.sql`` by number, each beside the ``.down.sql`` that undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import Found, Layout, numbered, sql_folders
from analyzer.model.inventory import Migration, Tree

_TAKEN = re.compile(r"[0-9]+_.*\.up\.sql")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder, whatever its name, that holds such files."""
    for folder, files in sql_folders(paths).items():
        taken = numbered(path for path in files if _TAKEN.fullmatch(path.rpartition("/")[2]))
        if taken:
            yield Found(folder, tuple(Migration(path, "") for path in taken))


LAYOUT = Layout("golang-migrate", "*.up.sql (golang-migrate)", 1, find)
