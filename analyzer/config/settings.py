"""``fromcheck.yaml`` -> one checked, frozen ``Config``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from msgspec import field

from analyzer.config.document import read_entries
from analyzer.config.file import read_agreed, read_small, stands
from analyzer.config.keys import Ignored, Level, Threshold, read_key
from analyzer.model.errors import ConfigError
from analyzer.model.inventory import Tree
from analyzer.model.record import Record

FILE_NAMES = ("fromcheck.yaml", "fromcheck.yml")
MOST_BYTES = 100_000


class Config(Record, frozen=True):
    """What ``fromcheck.yaml`` says, checked; an empty value means that nothing is said, and the usual holds.

    ``roots`` are folders that hold ``supabase/``, relative to the scanned one (empty text for that itself).
    ``select`` are rule codes or their beginnings (``FC1``); ``ignore`` is what is not reported. ``severity`` is by rule,
    ``levels`` the highest one by kind of file: ``tests``, or a pattern as in .gitignore. ``exclude`` are such patterns.
    ``schemas`` are the exposed ones. ``sources`` are globs of SQL files, which make the schema after the migrations.
    ``model`` are globs of the documents that say what tables there are to be; where it is empty, their names tell them.
    ``auto_expose_new_tables`` is None where config.toml decides. ``path`` is the file read, None when there is none.
    ``places`` says by key where each item of its list or mapping stands, as ``fromcheck.yaml:3``.
    """

    roots: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    fail_on: Threshold = "error"
    severity: Mapping[str, Level] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    auto_expose_new_tables: bool | None = None
    path: Path | None = None
    places: Mapping[str, tuple[str, ...]] = {}

    def placed(self, key: str) -> Iterator[tuple[str, Any]]:
        """The items of a key, each behind the place that an error about it begins with (empty where nobody wrote it)."""
        for where, item in zip_longest(self.places.get(key, ()), getattr(self, key)):
            yield f"{where}: " if where else "", item

    @property
    def rules_off(self) -> tuple[str, ...]:
        """The codes, or their beginnings, of rules that are not run at all."""
        everywhere = (each.rules for each in self.ignore if not each.objects and not each.paths)
        return (*chain(*everywhere), *(code for code, level in self.severity.items() if level == "off"))


def read_config(root: Path, given: Path | None = None, tree: Tree | None = None) -> Config:
    """The configuration of the scanned folder ``root``; ``given`` is the file that the command line names instead.

    ``tree`` is where to look for it, when that is not the folder on disk.

    Raises ConfigError, with file, line and what is allowed, when the file is wrong or ``given`` cannot be read.
    """
    path = given or _found(root, tree)
    if path is None:
        return Config()
    shown = str(path.relative_to(root) if path.is_relative_to(root) else path)
    try:
        data = read_small(path, MOST_BYTES) if given else read_agreed(path.name, root, tree, MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{shown}: is larger than {MOST_BYTES // 1000} kB, the most that a configuration may hold")
    entries = read_entries(data, shown)
    values = {entry.key: read_key(entry, shown) for entry in entries}
    places = {entry.key: tuple(f"{shown}:{line}" for line in entry.lines) for entry in entries}
    return Config(path=path, places=places, **{key: value for key, value in values.items() if value is not None})


def _found(root: Path, tree: Tree | None) -> Path | None:
    there = [root / name for name in FILE_NAMES if stands(name, root, tree)]
    if len(there) > 1:
        raise ConfigError(f"{' and '.join(FILE_NAMES)} are both in {root}: keep one")
    return there[0] if there else None
