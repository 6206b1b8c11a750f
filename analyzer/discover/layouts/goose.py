"""goose: ``<version>_<name>.sql`` by number; ``-- +goose Down`` begins what undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import GOOSE, Found, Layout, has_up, migrations, numbered, sql_folders, text_of
from analyzer.model.inventory import Tree

_TAKEN = re.compile(r"[0-9]+_.*\.sql")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder, whatever its name, in which a file says ``-- +goose Up``."""
    for folder, files in sql_folders(paths).items():
        taken = [path for path in files if _TAKEN.fullmatch(path.rpartition("/")[2])]
        texts = {path: text_of(tree, path) for path in numbered(taken)}
        if any(has_up(text, GOOSE) for text in texts.values()):
            yield Found(folder, migrations(texts))


LAYOUT = Layout("goose", "migrations/*.sql with -- +goose Up (goose)", 1, find)
