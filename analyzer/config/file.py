"""Reads a file that the user names or that stands at an agreed place, without trusting what it is."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


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
    """Where the path really is. Raises OSError when that is outside of the folder: nobody named it."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    if os.path.commonpath((root, real)) != root:
        raise OSError(errno.EXDEV, "it leads out of the scanned folder")
    return Path(real)
