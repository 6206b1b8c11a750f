"""``fromcheck.yaml`` -> one checked, frozen ``Config``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import Any, Literal

from analyzer.config.document import Entry, read_entries
from analyzer.config.file import read_small
from analyzer.model.errors import ConfigError

FILE_NAMES = ("fromcheck.yaml", "fromcheck.yml")
MOST_BYTES = 100_000

Level = Literal["critical", "error", "warning", "info"]
Threshold = Literal["critical", "error", "warning", "info", "never"]


@dataclass(frozen=True, slots=True)
class Config:
    """What ``fromcheck.yaml`` says, checked; an empty value means that nothing is said, and the usual holds.

    ``roots`` are folders that hold ``supabase/``, relative to the scanned one (empty text for that itself).
    ``select`` and ``ignore`` are rule codes or their beginnings (``FC1``). ``exclude`` are patterns as in .gitignore.
    ``schemas`` are the exposed ones. ``sources`` are globs of SQL files, which make the schema after the migrations.
    ``path`` is the file read, None when there is none.
    """

    roots: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Threshold = "error"
    severity: Mapping[str, Level] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    path: Path | None = None


def read_config(root: Path, given: Path | None = None) -> Config:
    """The configuration of the scanned folder ``root``; ``given`` is the file that the command line names instead.

    Raises ConfigError, with file, line and what is allowed, when the file is wrong or ``given`` cannot be read.
    """
    path = given or _found(root)
    if path is None:
        return Config()
    shown = str(path.relative_to(root) if path.is_relative_to(root) else path)
    try:
        data = read_small(path, MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{shown}: is larger than {MOST_BYTES // 1000} kB, the most that a configuration may hold")
    values: dict[str, Any] = {}
    for entry in read_entries(data, shown):
        try:
            key = _known(entry)
            if entry.value is not None:
                values[entry.key] = key.read(entry.key, entry.value)
        except ValueError as error:
            raise ConfigError(f"{shown}:{entry.line}: {error}") from None
    return Config(path=path, **values)


def _found(root: Path) -> Path | None:
    there = [root / name for name in FILE_NAMES if os.path.lexists(root / name)]
    if len(there) > 1:
        raise ConfigError(f"{' and '.join(FILE_NAMES)} are both in {root}: keep one")
    return there[0] if there else None


def _known(entry: Entry) -> _Key:
    if entry.key in _KEYS:
        return _KEYS[entry.key]
    near = get_close_matches(entry.key.lower().replace("-", "_"), _KEYS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KEYS)}"
    raise ValueError(f"unknown key {entry.key!r}: {hint}")


# --- what each key takes ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key takes: as a type, and in words. ``check`` gives back one text as it is kept; it raises ValueError."""

    shape: Any
    takes: str
    check: Callable[[str], str] = str

    def read(self, name: str, value: object) -> object:
        """The value as ``Config`` keeps it. Raises ValueError with what is wrong and what is allowed."""
        import msgspec

        try:
            return self._checked(msgspec.convert(value, self.shape))
        except ValueError as error:
            raise ValueError(f"{name} takes {self.takes}: {_plain(str(error))}") from None

    def _checked(self, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(self.check(each) for each in value)
        if isinstance(value, dict):
            return {self.check(key): each for key, each in value.items()}
        return value


def _plain(error: str) -> str:
    """msgspec's message without its path: the line says where."""
    for theirs, ours in (("`array`", "a list"), ("`object`", "a mapping"), ("`str`", "text"), ("`null`", "nothing")):
        error = error.replace(theirs, ours)
    return (error[:1].lower() + error[1:]).split(" - at ")[0]


def _folder(text: str) -> str:
    """A folder relative to the scanned one, as paths are kept: ``/`` between, none at the ends, empty for itself."""
    unified = text.replace("\\", "/")
    parts = [part for part in unified.split("/") if part not in ("", ".")]
    if unified.startswith(("/", "~")) or PureWindowsPath(text).drive or ".." in parts:
        raise ValueError(f"{text!r} is outside of the scanned folder")
    return "/".join(parts)


def _glob(text: str) -> str:
    """A glob of SQL files, as paths are kept."""
    glob = _folder(text)
    if not glob.lower().endswith(".sql"):
        raise ValueError(f"{text!r} is no glob of .sql files")
    return glob


def _code(text: str) -> str:
    if not re.fullmatch(r"FC[0-9]{3}", text):
        raise ValueError(f"{text!r} is no rule code")
    return text


def _code_start(text: str) -> str:
    if not re.fullmatch(r"FC[0-9]{0,3}", text):
        raise ValueError(f"{text!r} is neither a rule code nor the beginning of one")
    return text


def _pattern(text: str) -> str:
    from pathspec import GitIgnoreSpec

    GitIgnoreSpec.from_lines([text])
    return text


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("a name is empty")
    return text


_LIST = tuple[str, ...]
_KEYS = {
    "roots": _Key(_LIST, "a list of folders that hold supabase/, such as [apps/web]", _folder),
    "select": _Key(_LIST, "a list of rule codes or their beginnings, such as [FC1, FC301]", _code_start),
    "ignore": _Key(_LIST, "a list of rule codes or their beginnings, such as [FC4, FC501]", _code_start),
    "fail_on": _Key(Threshold, "critical, error, warning, info or never"),
    "severity": _Key(dict[str, Level], "codes with critical, error, warning or info, such as {FC101: info}", _code),
    "exclude": _Key(_LIST, "a list of patterns as in .gitignore, such as [examples/]", _pattern),
    "schemas": _Key(_LIST, "a list of the exposed schemas, such as [public, api]", _name),
    "sources": _Key(_LIST, "a list of globs of .sql files, such as [db/schema.sql, db/migrations/*.sql]", _glob),
}
