"""dbmate: ``db/migrations/<version>_<name>.sql`` by name; ``-- migrate:down`` begins what undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import DBMATE, Found, Layout, has_up, migrations, sql_folders, text_of
from analyzer.model.inventory import Tree

_TAKEN = re.compile(r"[0-9]+.*\.sql")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder of migrations in which a file says ``-- migrate:up``."""
    for folder, files in sql_folders(paths).items():
        if folder.rpartition("/")[2] != "migrations":
            continue
        texts = {path: text_of(tree, path) for path in files if _TAKEN.fullmatch(path[len(folder) + 1 :])}
        if any(has_up(text, DBMATE) for text in texts.values()):
            yield Found(folder, migrations(texts, versions=True))


LAYOUT = Layout("dbmate", "db/migrations/*.sql (dbmate)", 1, find)
