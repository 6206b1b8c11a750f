"""Folders whose files nobody wrote: dependencies, caches and build output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

NEVER_SOURCES = frozenset(
    {
        *("node_modules", "bower_components", ".yarn", ".pnpm-store", "Pods"),
        *(".git", ".hg", ".svn"),
        *(".next", ".nuxt", ".svelte-kit", ".output", ".turbo", ".vercel", ".netlify", ".expo", ".cache"),
        *(".venv", "__pycache__"),
    }
)
"""Left out wherever they stand, even where git tracks them: what is in them is made by a program."""

BUILD_OUTPUT = frozenset({"build", "out", "dist", "coverage"})
"""Output beside a package.json; anywhere else a folder's or a route's name (``app/coverage/page.tsx``)."""

TRACKED_OUTPUT = frozenset({"dist"})
"""Of those, what is output even where git tracks it: actions and packages ship it. The others are then sources."""


def written(paths: Iterable[str], packages: frozenset[str], outputs: frozenset[str] = BUILD_OUTPUT) -> Iterator[str]:
    """The paths that stand in no folder left out; ``packages`` are the folders that hold a package.json."""
    for path in paths:
        folders = path.split("/")[:-1]
        if NEVER_SOURCES.isdisjoint(folders) and packages.isdisjoint(_beside(folders, outputs)):
            yield path


def packages(paths: Iterable[str]) -> frozenset[str]:
    """The folders among the paths that hold a package.json, empty text for the top."""
    return frozenset(path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] == "package.json")


def _beside(folders: list[str], outputs: frozenset[str]) -> list[str]:
    """The parents of folders with an output's name: for ``web/dist/js`` it is ``web``."""
    return ["/".join(folders[:depth]) for depth, name in enumerate(folders) if name in outputs]
