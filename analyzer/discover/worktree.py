"""A folder on disk as a ``Tree``."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal

from analyzer.discover.git import git_ignores, git_listing
from analyzer.discover.left_out import NEVER_SOURCES, TRACKED_OUTPUT, packages, written
from analyzer.discover.objects import NOT_FETCHED, is_pointer
from analyzer.discover.walk import walk
from analyzer.model.source import Problem

MOST_BYTES = 20_000_000
"""Of one file. Reading SQL takes up to 40 times as much memory as it is long."""

_NO_NAMES = frozenset({"", ".", ".."})
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
"""Nothing on Windows, where a link has to be looked for before a file is opened."""


class WorkTree:
    """The files of a folder, as git lists them, or by walking where git does not know the folder.

    Left out: what git ignores, and what no person wrote (``left_out``). Tracked files in ``build``, ``out`` and
    ``coverage`` are kept, in ``dist`` they are not: it is what a package ships. Submodules are entered. Links to files
    within the folder are kept; a linked folder is entered only in ``supabase/``, where the CLI enters it too. Whatever
    leads outside, waits or cannot be read becomes a problem.
    """

    def __init__(self, root: Path) -> None:
        self._given = os.path.abspath(root)
        self._root = os.path.realpath(root)
        self._problems: list[tuple[str, Problem]] = []
        self._real_folders: dict[str, bool] = {"": True}

    def paths(self) -> tuple[str, ...]:
        """Every file that is not ignored, relative to the root, with ``/``, in byte order."""
        return self._paths

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of ``paths``, by path."""
        self.paths()
        return tuple(sorted(dict.fromkeys(self._problems), key=lambda each: (os.fsencode(each[0]), each[1].message)))

    def read(self, path: str) -> bytes:
        """The file's bytes.

        Raises OSError when it cannot be read, is no regular file, lies outside of the root, or is longer than ``MOST_BYTES``.
        """
        if "\0" in path or not self._is_real(path.rpartition("/")[0]):
            raise OSError(errno.ENOENT, "it is not in the scanned folder")
        descriptor = self._opened(path)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "it is not a regular file")
            with open(descriptor, "rb", closefd=False) as file:
                data = file.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB, the most that is read")
            if is_pointer(data):
                raise OSError(errno.ENOENT, NOT_FETCHED)
            return data
        finally:
            os.close(descriptor)

    def path_of(self, file: Path) -> str | None:
        """The path that the tree would have for a file, on disk or not; None for one outside of the folder."""
        written = os.path.abspath(file)
        folder, name = os.path.split(written)
        for root, path in ((self._given, written), (self._root, os.path.join(os.path.realpath(folder), name))):
            start = os.path.join(root, "")
            if path.startswith(start):
                return path[len(start) :].replace(os.sep, "/")
        return None

    def takes(self, path: str) -> bool:
        """True for a file that is listed, and for one not on disk that would be, as far as git and its folders tell."""
        if path in self._paths or os.path.lexists(os.path.join(self._root, path)):
            return path in self._paths
        return bool([*written((path,), packages(self._paths))]) and not git_ignores(self._root, path)

    # --- which paths there are ----------------------------------------------------------------------------------------

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._files(), key=os.fsencode))

    def _files(self) -> set[str]:
        files: set[str] = set()
        entered: set[str] = set()
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            real = os.path.realpath(os.path.join(self._root, folder))
            if real in entered:
                continue
            entered.add(real)
            for path in self._listed(folder):
                kind = self._kind(path)
                if kind == "file":
                    files.add(path)
                elif kind == "folder":
                    waiting.append(path)
        return files

    def _listed(self, folder: str) -> Iterator[str]:
        try:
            listing = git_listing(os.path.join(self._root, folder))
        except TimeoutError as error:
            self._problems.append((folder or ".", Problem(f"{error.strerror}, so the folder is walked")))
            listing = None
        if listing is None:
            yield from walk(self._root, folder, self._problems)
            return
        start = f"{folder}/" if folder else ""
        self._problems.extend((start + path, problem) for path, problem in listing.problems)
        known = packages((*listing.tracked, *listing.others))
        sources = chain(written(listing.tracked, known, TRACKED_OUTPUT), written(listing.others, known))
        yield from (start + path.rstrip("/") for path in sources)

    def _kind(self, path: str) -> Literal["file", "folder"] | None:
        """What stands at a listed path. A folder there is a checkout of its own, or a link that is to be entered."""
        if not self._is_real(path.rpartition("/")[0]):
            return None
        try:
            mode = os.lstat(os.path.join(self._root, path)).st_mode
        except FileNotFoundError:
            return None
        except OSError as error:
            self._refuse(path, f"cannot be read: {error.strerror or error}", unreadable=True)
            return None
        if stat.S_ISLNK(mode):
            return self._kind_of_link(path)
        if stat.S_ISDIR(mode):
            return "folder"
        if stat.S_ISREG(mode):
            return "file"
        self._refuse(path, "is a pipe, a socket or a device: not read")
        return None

    def _kind_of_link(self, path: str) -> Literal["file", "folder"] | None:
        folder, _, name = path.rpartition("/")
        if name in NEVER_SOURCES:
            return None
        try:
            target = self._target(path)
            mode = os.stat(target).st_mode
        except OSError as error:
            self._refuse(path, f"is a link that is not followed: {error.strerror or error}")
            return None
        if stat.S_ISREG(mode):
            return "file"
        if stat.S_ISDIR(mode) and folder.rpartition("/")[2] == "supabase" and not self._is_above(target, folder):
            self._real_folders[path] = True
            return "folder"
        return None

    def _opened(self, path: str) -> int:
        """A descriptor of the file, and of the one that a link leads to, where that is in the folder. Raises OSError."""
        file = os.path.join(self._root, path)
        if _NO_FOLLOW or not os.path.islink(file):
            try:
                return os.open(file, _OPEN | _NO_FOLLOW)
            except OSError as error:
                if error.errno != errno.ELOOP:
                    raise
        return os.open(self._target(path), _OPEN | _NO_FOLLOW)

    def _is_above(self, target: str, folder: str) -> bool:
        return Path(os.path.realpath(os.path.join(self._root, folder))).is_relative_to(target)

    def _target(self, path: str) -> str:
        """Where a link leads to. Raises OSError when that is outside of the root."""
        target = os.path.realpath(os.path.join(self._root, path))
        if not Path(target).is_relative_to(self._root):
            raise OSError(errno.EXDEV, "it leads out of the scanned folder")
        return target

    def _refuse(self, path: str, message: str, *, unreadable: bool = False) -> None:
        self._problems.append((path, Problem(message, unreadable=unreadable)))

    def _is_real(self, folder: str) -> bool:
        """True for a folder reached without a link, or by one that was entered; False for ``..`` and the like."""
        real, here, names = self._real_folders, "", folder.split("/")
        if folder not in real and not _NO_NAMES.isdisjoint(names):
            return False
        for name in names if folder not in real else ():
            above, here = here, f"{here}/{name}" if here else name
            if here not in real:
                real[here] = real[above] and self._is_folder(here)
        return real[folder]

    def _is_folder(self, path: str) -> bool:
        try:
            return stat.S_ISDIR(os.lstat(os.path.join(self._root, path)).st_mode)
        except OSError:
            return False
