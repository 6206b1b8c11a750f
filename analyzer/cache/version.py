"""What the answers depend on besides the files: fromcheck's own source and queries, and the readers that it uses."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder

import analyzer

# Those that have a say in what is read, replayed or suggested; the grammar comes with its own version.
_READERS = ("sqlglot", "sqlglotc", "tree_sitter", "tree_sitter_typescript", "rapidfuzz", "pathspec", "pyyaml")
_SOURCES = (".py", ".scm", ".json", ".txt")


@cache
def tool_version() -> bytes:
    """32 bytes that change whenever an answer may: with the code itself, so that a checkout needs no version of its own."""
    name = blake2b(f"{analyzer.__version__} {sys.version_info[:2]} {_installed()}".encode(), digest_size=32)
    package = os.path.dirname(analyzer.__file__)
    for folder in (package, os.path.join(os.path.dirname(package), "queries")):
        for path in sorted(_sources(folder)):
            with open(path, "rb", buffering=0) as file:
                data = file.read()
            name.update(f"{path[len(folder) :]} {len(data)}\n".encode())
            name.update(data)
    return name.digest()


def _sources(folder: str) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        yield from (os.path.join(place, file) for file in files if file.endswith(_SOURCES))


def _installed() -> list[str]:
    """The readers with their versions, by the names of their metadata folders; reading the metadata takes ten times as long."""
    found: list[str] = []
    for place in {
        os.path.dirname(os.path.dirname(spec.origin))
        for spec in map(PathFinder.find_spec, _READERS)
        if spec and spec.origin
    }:
        found += (
            each
            for each in os.listdir(place)
            if each.endswith(".dist-info") and each.partition("-")[0].lower() in _READERS
        )
    return sorted(found)
