"""What a file is for, told by its path, and by its text where the path does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzer.discover.traits import Trait, generated, minified, testing

CODE_SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro")

_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_BUNDLE_SUFFIXES = (".js", ".mjs", ".cjs")

_TYPES_NAME = re.compile(r"types|supabase|database|schema|generated|\bgen\b|\bdb\b", re.IGNORECASE)

_TEST_FOLDERS = frozenset({"__tests__", "__mocks__", "e2e"})
_TEST_NAME = re.compile(r".\.(test|spec)\.")
# What perhaps is a test by its name is one when it asks for what only tests use.
_PERHAPS_TEST = re.compile(r"(?:^|[/_.-])(?:tests?|specs?)(?:[/_.-]|$)")

_DOCUMENT_SUFFIXES = (".md", ".mdx", ".yaml", ".yml", ".mmd", ".mermaid")
_DOCUMENT_FOLDERS = frozenset({"doc", "docs", "documentation", "architecture"})
_DOCUMENT_WORDS = frozenset({"model", "models", "schema", "schemas", "erd", "entities", "datamodel", "database"})

# Tells whether the file has a trait.
Has = Callable[[Trait], bool]


def is_code(path: str) -> bool:
    """True for TypeScript and JavaScript, but not for declarations, which hold no calls."""
    return path.endswith(CODE_SUFFIXES) and not path.endswith(_DECLARATIONS)


def is_generated_types(path: str, has: Has) -> bool:
    """True for what ``supabase gen types`` writes, or a hand that follows it; only files whose names suggest it are read."""
    name = path.rpartition("/")[2]
    return bool(name.endswith(".ts") and _TYPES_NAME.search(name) and has(generated))


def is_bundle(path: str, has: Has) -> bool:
    """True for minified JavaScript: by its name, or over 50 KB with lines of more than 500 bytes on average."""
    return path.endswith(_BUNDLE_SUFFIXES) and (path.rpartition(".")[0].endswith(".min") or has(minified))


def is_test(path: str, tops: frozenset[str], has: Has) -> bool:
    """True for test files; ``tops`` are the folders (projects, packages) whose ``tests`` folder holds tests only.

    ``test`` in a path says nothing alone: routes and pages are called so. Such a file is read.
    """
    *folders, name = path.split("/")
    if not _TEST_FOLDERS.isdisjoint(folders) or _TEST_NAME.search(name):
        return True
    if any(each == "tests" and "/".join(folders[:depth]) in tops for depth, each in enumerate(folders)):
        return True
    return bool(_PERHAPS_TEST.search(path) and has(testing))


def is_document(path: str) -> bool:
    """True for a description of the data model: any .dbml, and texts named so at the top or in a docs folder."""
    if not path.endswith(_DOCUMENT_SUFFIXES):
        return path.endswith(".dbml")
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0]
    words = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem).lower())
    in_place = not folders or not _DOCUMENT_FOLDERS.isdisjoint(folders)
    return in_place and not _DOCUMENT_WORDS.isdisjoint(words)
