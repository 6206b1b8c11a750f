"""Reads a file that the user names or that stands at an agreed place, without trusting what it is."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from analyzer.model.inventory import Tree


def read_small(path: Path, most: int, within: Path | None = None) -> bytes:
    """At most one byte more than ``most``. Raises OSError, also where a link leads out of ``within``, if that is given.

    Opened without waiting: a pipe would never answer.
    """
    if within is not None:
        path = inside(path, within)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is not a file")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(most + 1)
    finally:
        os.close(descriptor)


def inside(path: Path, folder: Path) -> Path:
    """Where the path really is.

    Raises OSError when that is outside of the folder, since nobody named it, or no file, but a folder, pipe or device.
    """
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise OSError(errno.EXDEV, "it leads out of the scanned folder")
    if real.exists() and not real.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return real


def stands(name: str, root: Path, tree: Tree | None) -> bool:
    """True when there is something of this name at the top: in ``tree`` where that is given, else on disk, ignored or not."""
    return os.path.lexists(root / name) if tree is None else name in tree.paths()


def read_agreed(name: str, root: Path, tree: Tree | None, most: int) -> bytes:
    """What stands there, at most one byte more than ``most`` of it where it is on disk. Raises OSError."""
    return read_small(root / name, most, root) if tree is None else tree.read(name)
