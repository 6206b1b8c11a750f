"""Prisma: ``prisma/migrations/<time>_<name>/migration.sql``, by the names of the folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import Found, Layout, script_folders, text_of
from analyzer.model.inventory import Migration, Tree

_PROVIDER = re.compile(rb'^[ \t]*+provider\s*+=\s*+"([^"\n]*)"', re.MULTILINE)
_POSTGRESQL = (b"postgresql", b"postgres", b"cockroachdb")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder of such folders; none that ``migration_lock.toml`` says is of another database."""
    known = set(paths)
    for folder, files in script_folders(paths, "migration.sql").items():
        lock = f"{folder}/migration_lock.toml"
        provider = _PROVIDER.search(text_of(tree, lock)) if lock in known else None
        if provider is not None and provider[1] not in _POSTGRESQL:
            continue
        if lock in known or "prisma" in folder.split("/"):
            yield Found(folder, tuple(Migration(path, "") for path in files))


LAYOUT = Layout("prisma", "prisma/migrations/*/migration.sql (Prisma)", 1, find)
