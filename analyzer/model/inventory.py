"""Which files a scan is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.model.span import Span


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


@runtime_checkable
class Named(Protocol):
    """A tree that has names for what is in its files, as git has."""

    def digest(self, path: str) -> bytes | None:
        """Git's name for the file's content; None where only reading tells. Raises OSError."""
        ...


@runtime_checkable
class Telling(Protocol):
    """A tree that remembers what it was asked of its files."""

    def has(self, path: str, trait: Callable[[bytes], bool]) -> bool:
        """What the trait says of the file's bytes. Raises OSError when it cannot be read."""
        ...


_NO_LINE_END = re.compile(rb"[^\r\n]")


class Migration(Record, frozen=True):
    """An SQL file that is applied to the database, by the Supabase CLI or another tool.

    ``version`` is the digits that its name begins with, where the tool keeps them as a key; else empty. ``left_out`` are
    the parts that are not run on the way up.
    """

    path: str
    version: str
    left_out: tuple[Span, ...] = ()

    def applied(self, data: bytes) -> bytes:
        """The file's bytes with blanks for what is left out: as long, and with the same lines."""
        for span in self.left_out:
            data = data[: span.start] + _NO_LINE_END.sub(b" ", data[span.start : span.end]) + data[span.end :]
        return data


class Skipped(Record, frozen=True):
    """A file in ``migrations/`` that the CLI passes over, with the reason in words.

    ``rename`` is the path under which the CLI would apply it, None when only a person can choose one.
    """

    path: str
    reason: str
    rename: str | None = None


class SupabaseRoot(Record, frozen=True):
    """One project: the folder that holds ``supabase/`` (empty for the scanned root itself) and what belongs to it.

    ``migrations`` are in the order in which they are applied; ``code`` in byte order. ``declared`` are the SQL files that
    say what the schema is to be, where migrations make it; ``beside`` are all others that nothing is known to apply, but
    for ``seeds``: what fills a database for development, and the SQL of tests.
    ``documents`` may say what tables there are to be.
    ``foreign`` when another tool than the Supabase CLI writes the migrations, ``unordered`` when nothing says in which
    order they are applied. ``project_id`` is its name in config.toml. ``functions_beside`` are edge functions by the look of
    their folders, outside of ``supabase/functions``.
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
    declared: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    foreign: bool = False
    unordered: bool = False
    project_id: str | None = None
    seeds: tuple[str, ...] = ()
    functions_beside: tuple[str, ...] = ()

    def files(self) -> frozenset[str]:
        """All of its files."""
        migrations = (each.path for each in self.migrations)
        skipped = (each.path for each in self.skipped)
        named = (*self.code, *self.generated_types, *self.documents, *self.declared, *self.beside, *self.seeds)
        return frozenset((*migrations, *skipped, *named))


class Inventory(Record, frozen=True):
    """Every root below the scanned folder; code that belongs to none is in ``strays``.

    ``bundles`` are minified files, left out of the code. ``problems`` is what kept files from being found, by path.
    """

    roots: tuple[SupabaseRoot, ...]
    strays: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()

    def holds(self, path: str) -> bool:
        """True for a file that a scan looks at, whatever for."""
        return path in self.strays or any(path in each.files() for each in self.roots)
