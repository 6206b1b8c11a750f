"""A folder of blobs: whole or not there, bounded, and never in the way.

Several runs may use it at once: a blob is put in place in one step, and the last one stays. A folder that cannot be
written, a blob that is cut short, changed or written by another version of fromcheck: it is as if nothing were there.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from analyzer.config.file import read_small

MOST_BYTES = 256_000_000
ENDING = ".facts"
_UNFINISHED = ".new"
_DIGEST, _LONGEST_KEY = 16, 64
_HOUR = 3600
_MOST_ON_SHELF = 8
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# fromcheck writes this folder; it can be deleted at any time.\n"


def usual_folder() -> Path | None:
    """The user's cache folder: what FROMCHECK_CACHE_DIR says, or the system's own place; None where there is no home."""
    if given := os.environ.get("FROMCHECK_CACHE_DIR"):
        return Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "fromcheck/Cache"
    if sys.platform == "darwin":
        return home / "Library/Caches/fromcheck"
    said = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return (said if said.is_absolute() else home / ".cache") / "fromcheck"


class Blobs(Protocol):
    """A place for bytes by name."""

    def load(self, name: str) -> bytes | None:
        """The bytes as they were saved, None when there are none."""
        ...

    def save(self, name: str, blob: bytes) -> None:
        """Put the bytes in place of those of that name, or do nothing."""
        ...


@dataclass
class Shelf:
    """Blobs in memory, the last few that were saved: each configuration that is tried in an editor has one of its own."""

    _blobs: dict[str, bytes] = field(default_factory=dict)

    def load(self, name: str) -> bytes | None:
        """The blob as it was saved, None when there is none."""
        return self._blobs.get(name)

    def save(self, name: str, blob: bytes) -> None:
        """Put the blob in place of the one of that name, and let the oldest go where there are many."""
        self._blobs.pop(name, None)
        self._blobs[name] = blob
        if len(self._blobs) > _MOST_ON_SHELF:
            del self._blobs[next(iter(self._blobs))]


@dataclass(frozen=True)
class Store:
    """Blobs by name in a folder, of one ``project`` and for one ``version`` of what writes them.

    Those of others are only counted and cleared.
    """

    folder: Path
    version: bytes = b""
    project: str = ""
    most: int = MOST_BYTES

    def load(self, name: str) -> bytes | None:
        """The blob as it was saved; None when there is none, or it is not whole."""
        file = self._file(name)
        try:
            data = read_small(file, self.most + _DIGEST)
        except OSError:
            return None
        seal, blob = data[:_DIGEST], data[_DIGEST:]
        if seal != self._seal(blob):
            return None
        # What was used last goes last.
        with contextlib.suppress(OSError):
            os.utime(file)
        return blob

    def save(self, name: str, blob: bytes) -> None:
        """Put the blob in place of the one of that name; quietly does nothing where that cannot be done."""
        self.save_all({name: blob})

    def save_all(self, blobs: Mapping[str, bytes]) -> None:
        """The same for several, by name."""
        if not self._ready:
            return
        for name, blob in blobs.items():
            if len(blob) <= self.most:
                self._put(self._file(name), blob)
        self._bound()

    def _put(self, place: Path, blob: bytes) -> None:
        written = None
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=_UNFINISHED, delete=False) as file:
                written = file.name
                file.write(self._seal(blob))
                file.write(blob)
            os.replace(written, place)
        except OSError:
            if written is not None:
                _remove(written)

    def clear(self) -> tuple[int, int]:
        """Delete every blob of every version; says how many there were, and their bytes together."""
        found = [(path, size) for path, size, _ in self._blobs() if _remove(path)]
        return len(found), sum(size for _, size in found)

    def size(self) -> tuple[int, int]:
        """How many blobs there are, of every version, and their bytes together."""
        sizes = [size for _, size, _ in self._blobs()]
        return len(sizes), sum(sizes)

    def _file(self, name: str) -> Path:
        whole = f"{self.project}\0{name}".encode("utf-8", "surrogatepass")
        label = blake2b(whole, digest_size=_DIGEST, key=self.version[:_LONGEST_KEY])
        return self.folder / f"{label.hexdigest()}{ENDING}"

    def _seal(self, blob: bytes) -> bytes:
        return blake2b(blob, digest_size=_DIGEST, key=self.version[:_LONGEST_KEY]).digest()

    @cached_property
    def _ready(self) -> bool:
        """True when the folder is there, made for its owner alone.

        Other tools are told to leave it out, where it holds nothing yet: it may be somebody's project.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.scandir(self.folder) as found:
                empty = next(found, None) is None
            for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")) if empty else ():
                (self.folder / name).write_text(text, encoding="utf-8")
        except OSError:
            return False
        return True

    def _bound(self) -> None:
        """Delete what was used longest ago until the rest is small enough, and what a stopped run has left."""
        blobs = sorted(self._blobs(), key=lambda each: each[2])
        total = sum(size for _, size, _ in blobs)
        for path, size, used in blobs:
            abandoned = path.endswith(_UNFINISHED) and used < time.time() - _HOUR
            if (total > self.most or abandoned) and _remove(path):
                total -= size

    def _blobs(self) -> Iterator[tuple[str, int, float]]:
        try:
            with os.scandir(self.folder) as found:
                for each in found:
                    if each.name.endswith((ENDING, _UNFINISHED)):
                        with contextlib.suppress(OSError):
                            status = each.stat(follow_symlinks=False)
                            yield each.path, status.st_size, status.st_mtime
        except OSError:
            return


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
