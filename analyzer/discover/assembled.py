"""A tree put together from the files of others: the code of one commit with the schema of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from analyzer.config import Config
from analyzer.discover.inventory import discover
from analyzer.model.inventory import SupabaseRoot, Tree
from analyzer.model.source import Problem


class Assembled:
    """Each file from the tree that it is mapped to. ``trees`` are those whose problems are told."""

    def __init__(self, parts: Mapping[str, Tree], *trees: Tree) -> None:
        self._parts = parts
        self._trees = trees
        self._paths = tuple(sorted(parts, key=os.fsencode))

    def paths(self) -> tuple[str, ...]:
        """Every file, in byte order."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises OSError when it cannot be read."""
        if (tree := self._parts.get(path)) is None:
            raise FileNotFoundError(errno.ENOENT, "it is not there")
        return tree.read(path)

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of any of the trees, each told once."""
        return tuple(dict.fromkeys(each for tree in self._trees for each in tree.problems()))


def crossed(code: Tree, schema: Mapping[str, Tree], config: Config) -> Assembled:
    """All of ``code`` but what says how its database is built; instead of that, ``schema``."""
    own = schema_files(code, config)
    rest = {path: code for path in code.paths() if path not in own}
    return Assembled({**rest, **schema}, code, *dict.fromkeys(schema.values()))


def merged_schema(ours: Tree, theirs: Tree, fork: Tree, config: Config) -> dict[str, Tree]:
    """The schema's files once ``ours`` is merged into ``theirs``, where both come from ``fork``; where both changed, ours."""
    mine, old = schema_files(ours, config), schema_files(fork, config)
    changed = {path for path in mine if path not in old or _content(ours, path) != _content(fork, path)}
    kept = {path: theirs for path in schema_files(theirs, config) if path in mine or path not in old}
    return {**kept, **dict.fromkeys(changed, ours)}


def _content(tree: Tree, path: str) -> bytes | None:
    """The file's bytes; None when it cannot be read, which whoever scans it says."""
    try:
        return tree.read(path)
    except OSError:
        return None


def schema_files(tree: Tree, config: Config) -> frozenset[str]:
    """The files that say how the database is built, generated types among them; no file with calls in it."""
    inventory = discover(tree, config)
    there = frozenset(tree.paths())
    return frozenset(path for root in inventory.roots for path in _schema_of(root) if path in there)


def _schema_of(root: SupabaseRoot) -> frozenset[str]:
    built = frozenset(each.path for each in root.migrations) | frozenset(root.declared)
    beside = frozenset((root.config_toml or "", f"{root.folder}/supabase/roles.sql".lstrip("/")))
    return (root.files() - frozenset(root.code)) | built | beside
