"""Drizzle: ``drizzle/<tag>.sql`` in the order of ``drizzle/meta/_journal.json``.

From its version 1.0 on ``drizzle/<time>_<name>/migration.sql``, each beside a ``snapshot.json``, by the folders' names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from analyzer.discover.layout import Found, Layout, script_folders, text_of
from analyzer.model.inventory import Migration, Tree

_JOURNAL = "meta/_journal.json"
_POSTGRESQL = ("postgresql", "postgres", "pg")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder of PostgreSQL's dialect; the journal's entries without a file are passed over."""
    known = set(paths)
    for journal in paths:
        if journal == _JOURNAL or journal.endswith(f"/{_JOURNAL}"):
            folder = journal[: -len(_JOURNAL)].rstrip("/")
            start = f"{folder}/" if folder else ""
            named = [path for tag in _tags(tree, journal) if (path := f"{start}{tag}.sql") in known]
            yield _found(folder, dict.fromkeys(named))
    for folder, files in script_folders(paths, "migration.sql").items():
        beside = {path: f"{path.rpartition('/')[0]}/snapshot.json" for path in files}
        yield _found(folder, [path for path in files if beside[path] in known and _read(tree, beside[path])])


def _found(folder: str, paths: Sequence[str] | dict[str, None]) -> Found:
    return Found(folder, tuple(Migration(path, "") for path in paths))


def _read(tree: Tree, path: str) -> dict[str, Any]:
    """A file of Drizzle's own; empty when it is none, or that of another database."""
    try:
        document = json.loads(text_of(tree, path))
    except (ValueError, RecursionError):
        return {}
    ours = isinstance(document, dict) and document.get("dialect", "pg") in _POSTGRESQL
    return document if ours else {}


def _tags(tree: Tree, journal: str) -> list[str]:
    """The journal's names in its order."""
    entries = _read(tree, journal).get("entries")
    tags = (each.get("tag") for each in (entries if isinstance(entries, list) else []) if isinstance(each, dict))
    return [tag for tag in tags if isinstance(tag, str)]


LAYOUT = Layout("drizzle", "drizzle/*.sql with meta/_journal.json (Drizzle)", 1, find)
