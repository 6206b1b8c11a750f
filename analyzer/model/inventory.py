"""Which files a scan is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Tree(Protocol):
    """A set of files: a folder on disk, a commit, or either with an editor's unsaved text laid over it."""

    def paths(self) -> tuple[str, ...]:
        """Every file that is not ignored, relative to the root, with ``/``, in byte order."""
        ...

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises OSError when it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Migration:
    """A migration file that the Supabase CLI applies; ``version`` is its leading digits."""

    path: str
    version: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in ``migrations/`` that the CLI passes over, with the reason in words."""

    path: str
    reason: str


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
    """Every root below the scanned folder; code that belongs to none is in ``strays``."""

    roots: tuple[SupabaseRoot, ...]
    strays: tuple[str, ...] = ()
