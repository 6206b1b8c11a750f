"""Prisma's own language: ``schema.prisma``, and the files in the folders below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import Found, Layout, text_of
from analyzer.model.inventory import Migration, Tree

_POSTGRESQL = re.compile(rb'^[ \t]*provider\s*=\s*"(?:postgresql|postgres|cockroachdb)"', re.MULTILINE)


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder in which a file names PostgreSQL as the source of data."""
    files = [path for path in paths if path.endswith(".prisma")]
    for path in files:
        if _POSTGRESQL.search(text_of(tree, path)):
            folder = path.rpartition("/")[0]
            start = f"{folder}/" if folder else ""
            yield Found(folder, tuple(Migration(each, "") for each in files if each.startswith(start)))


LAYOUT = Layout("prisma-schema", "schema.prisma (Prisma)", 4, find)
