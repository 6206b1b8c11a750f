"""Which files a scan is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from analyzer.model.source import Problem


class Tree(Protocol):
    """A set of files: a folder on disk, a commit, or either with an editor's unsaved text laid over it."""

    def paths(self) -> tuple[str, ...]:
        """Every file that is not ignored, relative to the root, with ``/``, in byte order."""
        ...

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises OSError when it cannot be read."""
        ...

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of ``paths``, by path: folders that cannot be read, links that lead outside."""
        ...


@dataclass(frozen=True, slots=True)
class Migration:
    """A migration file that the Supabase CLI applies; ``version`` is its leading digits."""

    path: str
    version: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in ``migrations/`` that the CLI passes over, with the reason in words.

    ``rename`` is the path under which the CLI would apply it, None when only a person can choose one.
    """

    path: str
    reason: str
    rename: str | None = None


@dataclass(frozen=True, slots=True)
class SupabaseRoot:
    """One project: the folder that holds ``supabase/`` (empty for the scanned root itself) and what belongs to it.

    ``migrations`` are in the order in which the CLI applies them; ``code`` in byte order.
    """

    folder: str
    migrations: tuple[Migration, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    code: tuple[str, ...] = ()
    tests: frozenset[str] = frozenset()
    generated_types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    config_toml: str | None = None
    edge_functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inventory:
    """Every root below the scanned folder; code that belongs to none is in ``strays``.

    ``bundles`` are minified files, left out of the code. ``problems`` is what kept files from being found, by path.
    """

    roots: tuple[SupabaseRoot, ...]
    strays: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()
