"""The files of a commit, or of what is staged for the next one, as a ``Tree``: from git's objects, not from the disk."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from analyzer.discover.git import ask, path_text
from analyzer.discover.left_out import NEVER_SOURCES, TRACKED_OUTPUT, packages, written
from analyzer.discover.objects import Objects
from analyzer.discover.worktree import MOST_BYTES
from analyzer.model.errors import ConfigError
from analyzer.model.record import Record
from analyzer.model.source import Problem

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_LINK, _SUBMODULE = "120000", "160000"
_MOST_LINKS = 40
_LONGEST_TARGET = 4096
_SHA1_DIGITS = 40
_NOT_MERGED = "is in conflict: there is no version of it to read"


def commit_tree(folder: Path, revision: str) -> ObjectTree:
    """The files that a commit has in this folder. Raises ConfigError when git knows no such commit."""
    root = os.path.realpath(folder)
    commit = commit_id(folder, revision)
    return ObjectTree(root, _entries_of(root, commit), commit)


def index_tree(folder: Path) -> ObjectTree:
    """The files as they are staged in this folder. Raises ConfigError when it is in no git repository."""
    root = os.path.realpath(folder)
    here = standing(root)
    listed = ask(here, "ls-files", "-z", "--stage", "--", os.path.relpath(root, here), more=_index(here))
    if listed is None or listed.returncode:
        raise ConfigError(f"{folder}: {_refusal(listed)}")
    return ObjectTree(root, _within(root, here, (_staged(each) for each in listed.stdout.split(b"\0") if each)))


def commit_id(folder: Path, revision: str) -> str:
    """The full name of the commit that a revision means. Raises ConfigError when git knows no such commit."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise ConfigError(f"{revision!r} is no revision")
    found = ask(standing(folder), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if found is not None and found.returncode == 0:
        return found.stdout.decode("ascii").strip()
    inside = ask(standing(folder), "rev-parse", "--is-shallow-repository") if found is not None else None
    if inside is None or inside.returncode:
        raise ConfigError(f"{folder}: {_refusal(inside)}")
    why = "there is no such commit here"
    if inside.stdout.strip() == b"true":
        why = "it is not in this clone, which is shallow: `git fetch --unshallow` brings the rest"
    raise ConfigError(f"{revision}: {why}")


def merge_base(folder: Path, one: str, *others: str) -> str | None:
    """The last commit that a revision and any of the others go back to; None when there is none, or not in this clone."""
    found = ask(standing(folder), "merge-base", one, *others)
    return found.stdout.decode("ascii").split()[0] if found is not None and found.returncode == 0 else None


def standing(folder: Path | str) -> str:
    """The folder, or the nearest above it that is on disk: of what was, a folder may be gone, and git is asked from one."""
    path = os.path.realpath(folder)
    while not os.path.isdir(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return path


class Entry(Record, frozen=True):
    """What git keeps at a path: a file, a link or another repository's commit, by the mode and the name of the object."""

    path: str
    mode: str
    name: str


class ObjectTree:
    """The files of a folder as git keeps them; the same are left out as of a folder on disk.

    Links are followed within the folder, a linked folder only in ``supabase/``. Submodules are entered where they are
    checked out. Whatever leads outside, or is not on this machine, becomes a problem. ``commit`` is the full name of
    the commit, None for what is staged.
    """

    def __init__(self, root: str, entries: Iterable[Entry], commit: str | None = None) -> None:
        self.commit = commit
        self._root = root
        self._entries = {each.path: each for each in entries}
        self._objects = {"": Objects(standing(root))}
        self._problems: list[tuple[str, Problem]] = []

    def paths(self) -> tuple[str, ...]:
        """Every file, relative to the root, with ``/``, in byte order."""
        return tuple(self._files)

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out of ``paths``, by path."""
        self.paths()
        return tuple(sorted(dict.fromkeys(self._problems), key=lambda each: (os.fsencode(each[0]), each[1].message)))

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises OSError when it is not there, or not on this machine, or longer than ``MOST_BYTES``."""
        return self._blob(self._entry(path), MOST_BYTES)

    def digest(self, path: str) -> bytes | None:
        """What the file's content is known by, without reading it; None where only reading tells. Raises OSError."""
        name = self._entry(path).name
        return bytes.fromhex(name) if len(name) == _SHA1_DIGITS else None

    def close(self) -> None:
        """End what git runs for this tree; it is started again when it is needed."""
        for each in self._objects.values():
            each.close()

    def _entry(self, path: str) -> Entry:
        entry = self._files.get(path) or self._entries.get(self._real(path))
        if entry is None or entry.mode == _SUBMODULE:
            raise OSError(errno.EISDIR, "it is not a regular file")
        return entry

    def _blob(self, entry: Entry, most: int) -> bytes:
        inner = max((each for each in self._objects if _is_below(entry.path, each)), key=len)
        return self._objects[inner].read(entry.name, most)

    # --- which paths there are ----------------------------------------------------------------------------------------

    @cached_property
    def _files(self) -> dict[str, Entry]:
        """Every path, and what its content is kept as, through all links; in byte order."""
        files: dict[str, Entry] = {}
        entered: set[str] = set()
        waiting = [("", "")]
        while waiting:
            folder, real = waiting.pop()
            if real in entered:
                continue
            entered.add(real)
            for path, entry in self._listed(folder, real):
                kind, target = self._kind(path, entry)
                if kind == "file":
                    files[path] = self._entries[target]
                elif kind == "folder":
                    waiting.append((path, target))
        return {path: files[path] for path in sorted(files, key=os.fsencode)}

    def _listed(self, folder: str, real: str) -> list[tuple[str, Entry]]:
        """What stands in a folder, as it is called from outside, and what it is."""
        if (entry := self._entries.get(real)) is not None and entry.mode == _SUBMODULE:
            self._enter(entry)
        start = f"{real}/" if real else ""
        names = [path[len(start) :] for path in self._entries if path.startswith(start)]
        sources = written(names, packages(names), TRACKED_OUTPUT)
        return [(f"{folder}/{name}" if folder else name, self._entries[start + name]) for name in sources]

    def _enter(self, entry: Entry) -> None:
        """Add what a submodule's commit holds, where it is checked out: then its objects are here."""
        place = os.path.join(self._root, entry.path)
        if not os.path.lexists(os.path.join(place, ".git")):
            return
        try:
            inner = _entries_of(place, entry.name)
        except ConfigError:
            what = f"the submodule's commit {entry.name[:12]} is not on this machine: `git submodule update` fetches it"
            self._refuse(entry.path, what, unreadable=True)
            return
        self._objects[entry.path] = Objects(place)
        self._entries.update((f"{entry.path}/{each.path}", _moved(each, entry.path)) for each in inner)

    def _kind(self, path: str, entry: Entry) -> tuple[Literal["file", "folder"] | None, str]:
        """What stands at a path, and where it really is."""
        if not entry.mode:
            self._refuse(path, _NOT_MERGED, unreadable=True)
            return None, ""
        if entry.mode == _SUBMODULE:
            return "folder", entry.path
        return self._kind_of_link(path, entry) if entry.mode == _LINK else ("file", entry.path)

    def _kind_of_link(self, path: str, entry: Entry) -> tuple[Literal["file", "folder"] | None, str]:
        folder, _, name = path.rpartition("/")
        if name in NEVER_SOURCES:
            return None, ""
        try:
            target = self._real(entry.path)
        except OSError as error:
            self._refuse(path, f"is a link that is not followed: {error.strerror or error}")
            return None, ""
        found = self._entries.get(target)
        if found is not None and found.mode != _SUBMODULE:
            return "file", target
        above = _is_below(entry.path.rpartition("/")[0], target)
        return ("folder", target) if folder.rpartition("/")[2] == "supabase" and not above else (None, "")

    def _real(self, path: str) -> str:
        """Where a path leads to, through all links. Raises OSError when that is outside, or nowhere."""
        done, waiting, links = "", deque(path.split("/")), 0
        while waiting:
            name = waiting.popleft()
            if name == "..":
                if not done:
                    raise OSError(errno.EXDEV, "it leads out of the scanned folder")
                done = done.rpartition("/")[0]
            elif name not in ("", "."):
                here = f"{done}/{name}" if done else name
                entry = self._entries.get(here)
                if entry is None or entry.mode != _LINK:
                    done = here
                    continue
                links += 1
                if links > _MOST_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
                waiting.extendleft(reversed(self._target(entry).split("/")))
        if done not in self._entries and done not in self._folders:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        return done

    def _target(self, link: Entry) -> str:
        target = path_text(self._blob(link, _LONGEST_TARGET))
        if target.startswith("/"):
            raise OSError(errno.EXDEV, "it leads out of the scanned folder")
        return target

    @property
    def _folders(self) -> set[str]:
        folders = {""}
        for path in self._entries:
            folder = path.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return folders

    def _refuse(self, path: str, message: str, *, unreadable: bool = False) -> None:
        self._problems.append((path, Problem(message, unreadable=unreadable)))


def _is_below(path: str, folder: str) -> bool:
    """True for the folder itself, too."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def _moved(entry: Entry, folder: str) -> Entry:
    return Entry(f"{folder}/{entry.path}", entry.mode, entry.name)


def _entries_of(root: str, commit: str) -> list[Entry]:
    """All that a commit holds in a folder. Raises ConfigError when it is not there, or not whole."""
    here = standing(root)
    listed = ask(here, "ls-tree", "-r", "-z", commit)
    if listed is None or listed.returncode:
        raise ConfigError(f"{commit}: {_refusal(listed)}")
    return _within(root, here, (_committed(each) for each in listed.stdout.split(b"\0") if each))


def _within(root: str, here: str, entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries, called from ``here``, that are in ``root``, called from there."""
    if root == here:
        return list(entries)
    start = os.path.relpath(root, here).replace(os.sep, "/") + "/"
    return [Entry(each.path[len(start) :], each.mode, each.name) for each in entries if each.path.startswith(start)]


def _committed(line: bytes) -> Entry:
    about, _, path = line.partition(b"\t")
    mode, _, name = about.decode("ascii").split()
    return Entry(path_text(path), mode, name)


def _staged(line: bytes) -> Entry:
    """A file in conflict has no mode: there are several versions of it."""
    about, _, path = line.partition(b"\t")
    mode, name, stage = about.decode("ascii").split()
    return Entry(path_text(path), mode if stage == "0" else "", name)


def _index(root: str) -> dict[str, str]:
    """The index that git has set for a hook, if it is one of this repository: `git commit FILE` makes one of its own."""
    given = os.environ.get("GIT_INDEX_FILE")
    folders = ask(root, "rev-parse", "--absolute-git-dir", "--show-toplevel") if given else None
    if not given or folders is None or folders.returncode:
        return {}
    own, _, top = path_text(folders.stdout.rstrip(b"\n")).partition("\n")
    index = os.path.realpath(os.path.join(top, given))
    return {"GIT_INDEX_FILE": index} if index.startswith(os.path.join(os.path.realpath(own), "")) else {}


def _refusal(done: CompletedProcess[bytes] | None) -> str:
    """Why git did not answer, in its own words where it has some."""
    said = done.stderr.decode("utf-8", "replace").strip() if done is not None else ""
    if "not a git repository" in said:
        return "this is not in a git repository"
    return f"git says: {said.splitlines()[0]}" if said else "git is not installed, or gives no answer"
