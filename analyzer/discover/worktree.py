"""A folder on disk as a ``Tree``."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from analyzer.discover.git import git_listing
from analyzer.discover.left_out import BUILD_OUTPUT, is_left_out, output_folders
from analyzer.discover.walk import walk
from analyzer.model.source import Problem

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class WorkTree:
    """The files of a folder, as git lists them, or by walking where git does not know the folder.

    Left out: what git ignores, and what no person wrote (``left_out``). Tracked files in ``build``, ``out`` and
    ``coverage`` are kept, in ``dist`` they are not: it is what a package ships. Submodules are entered. Links to files
    within the folder are kept; a linked folder is entered only in ``supabase/``, where the CLI enters it too. Whatever
    leads outside, waits or cannot be read becomes a problem.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._problems: list[tuple[str, Problem]] = []
        self._real_folders: dict[str, bool] = {"": True}

    def paths(self) -> tuple[str, ...]:
        """Every file that is not ignored, relative to the root, with ``/``, in byte order."""
        return self._paths

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of ``paths``, by path."""
        found = self._paths is not None and dict.fromkeys(self._problems)
        return tuple(sorted(found or (), key=lambda each: (os.fsencode(each[0]), each[1].message)))

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises OSError when it cannot be read, is no regular file, or lies outside of the root."""
        if not self._in_real_folder(path):
            raise OSError(errno.ENOENT, "it is not in the scanned folder")
        full = os.path.join(self._root, path)
        try:
            descriptor = os.open(full, _OPEN)
        except OSError as error:
            if error.errno != errno.ELOOP:
                raise
            descriptor = os.open(self._link_target(path), _OPEN)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "it is not a regular file")
            return file.read()

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(sorted(set(self._files("")), key=os.fsencode))
