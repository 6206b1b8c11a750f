"""Drizzle's TypeScript: the files that import ``drizzle-orm/pg-core``, and ``drizzle.config.ts``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.discover.classify import is_code
from analyzer.discover.layout import Found, Layout, text_of
from analyzer.discover.left_out import packages
from analyzer.discover.traits import declaring_for_drizzle, has
from analyzer.model.inventory import Migration, Tree

_MANIFESTS = ("package.json", "deno.json", "deno.jsonc", "import_map.json")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each package in which such files stand. Nothing is read where no package depends on Drizzle."""
    manifests = [path for path in paths if path.rpartition("/")[2] in _MANIFESTS]
    if not any(b"drizzle-orm" in text_of(tree, path) for path in manifests):
        return
    known = packages(paths)
    found: dict[str, list[str]] = {}
    for path in filter(is_code, paths):
        if _is_config(path) or _declares(tree, path):
            found.setdefault(_package(path, known), []).append(path)
    for folder, files in found.items():
        if not all(map(_is_config, files)):
            yield Found(folder, tuple(Migration(path, "") for path in files))


def _declares(tree: Tree, path: str) -> bool:
    try:
        return has(tree, path, declaring_for_drizzle)
    except OSError:  # whoever reads it next says why
        return False


def _is_config(path: str) -> bool:
    return path.rpartition("/")[2].startswith("drizzle.config.")


def _package(path: str, known: frozenset[str]) -> str:
    folder = path.rpartition("/")[0]
    while folder and folder not in known:
        folder = folder.rpartition("/")[0]
    return folder


LAYOUT = Layout("drizzle-schema", "pgTable in TypeScript (Drizzle)", 4, find)
