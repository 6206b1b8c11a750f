"""Folders whose files nobody wrote: dependencies, caches and build output."""

from __future__ import annotations

from collections.abc import Iterator

NEVER_SOURCES = frozenset(
    "node_modules bower_components .git .hg .svn .next .nuxt .svelte-kit .output .turbo .vercel .netlify .expo .cache"
    " .venv __pycache__ Pods .yarn .pnpm-store".split()
)
"""Left out wherever they stand, even where git tracks them: what is in them is made by a program."""

BUILD_OUTPUT = frozenset({"build", "out", "dist", "coverage"})
"""Words that are output beside a package.json, and names of routes and folders anywhere else (``app/coverage/page.tsx``)."""


def is_left_out(path: str) -> bool:
    """True when a folder of the path never holds sources."""
    return not NEVER_SOURCES.isdisjoint(path.split("/")[:-1])


def output_folders(path: str) -> Iterator[str]:
    """The parents of the folders in the path that may be build output: for ``web/dist/a.js`` it is ``web``."""
    parts = path.split("/")[:-1]
    return ("/".join(parts[:depth]) for depth, part in enumerate(parts) if part in BUILD_OUTPUT)
