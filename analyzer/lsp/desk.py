"""One folder of an editor's workspace: its files with what is not saved, and what a scan of them says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analyzer.cache import LiveMemo, Shelf, Store
from analyzer.cache.version import tool_version
from analyzer.discover import Overlay, WorkTree
from analyzer.engine import Options, Session
from analyzer.engine.trace import TracedTree
from analyzer.fix import Change, proposals
from analyzer.link import Project
from analyzer.lsp.lines import Lines
from analyzer.model.report import Report
from analyzer.model.source import Problem

CREATED = ("FC101", "FC201")
"""The findings that a migration which creates a table mends."""


class LiveTree:
    """The files of a folder, kept in memory until they are known to have changed, under what is not saved."""

    def __init__(self, work: WorkTree) -> None:
        self._work = work
        self._saved: dict[str, bytes] = {}
        self.unsaved: dict[str, bytes] = {}
        self.relist(work)

    def relist(self, work: WorkTree) -> None:
        """Take the list of files from this tree, from now on."""
        self._work = work
        self._paths: tuple[str, ...] | None = None

    def forget(self, path: str) -> tuple[str, ...]:
        """Read this file again, or all files of this folder; says which they are."""
        gone = (path, *(each for each in self._saved if each.startswith(f"{path}/")))
        for each in gone:
            self._saved.pop(each, None)
        return gone

    def paths(self) -> tuple[str, ...]:
        """Every file, in byte order."""
        if self._paths is None:
            self._paths = Overlay(self._work, self.unsaved).paths()
        return self._paths

    def read(self, path: str) -> bytes:
        """The file's text as the editor has it, else as it is on disk. Raises OSError."""
        data = self.unsaved.get(path, self._saved.get(path))
        if data is None:
            data = self._saved[path] = self._work.read(path)
        return data

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What kept files out."""
        return self._work.problems()


class Desk:
    """Holds one folder. Changes are noted at once, and made by the next ``update``, which may run in a thread."""

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self.root = root
        self._work = WorkTree(root)
        self._live = LiveTree(self._work)
        self._tree = TracedTree(self._live)
        self._store = Store(cache, tool_version(), str(root.resolve())) if cache is not None else None
        self._memo = LiveMemo(self._store)
        self._changes: dict[str, bytes | None] = {}
        self._listed = True
        self._reports = Shelf()
        self._session: Session | None = None
        # As they were when they were last asked for: what is typed in code changes no schema.
        self.known: tuple[Project, ...] = ()
        self.fresh = False
        self.report: Report | None = None

    def path_of(self, file: Path) -> str | None:
        """The file's path in the folder; None for one that is elsewhere."""
        return self._work.path_of(file)

    def write(self, path: str, data: bytes | None) -> None:
        """The editor has this text in the file; None when it no longer has it open."""
        self._changes[path] = data
        self.fresh = False

    def touch(self, path: str, *, listed: bool) -> None:
        """The file or folder changed on disk; ``listed`` is False when files may have come or gone."""
        self._changes.setdefault(path, self._live.unsaved.get(path))
        self._listed = self._listed and listed
        self.fresh = False

    def lines(self, path: str) -> Lines:
        """The lines of a file; none when it cannot be read."""
        return Lines(self.data(path))

    def data(self, path: str) -> bytes:
        """The bytes of a file, as the last update had them; none when it cannot be read."""
        try:
            return self._live.read(path)
        except OSError:
            return b""

    def update(self, options: Callable[[], Options] = Options) -> Report:
        """Make the noted changes, and scan again: only what changed is read. Raises what ``Session.scan`` does."""
        self.fresh = True
        changes, self._changes = self._changes, {}
        if not self._listed:
            self._listed = True
            self._work = WorkTree(self.root)
            self._live.relist(self._work)
        for path, data in changes.items():
            self._apply(path, data)
        self._session = Session.open(self.root, options(), self._tree, self._memo, self._reports)
        self.report = self._session.scan()
        if self._session.judged_anew:
            self.known = self._session.projects
        return self.report

    def projects(self) -> tuple[Project, ...]:
        """The code and the schema, linked, as the last update had them."""
        if self._session is not None:
            self.known = self._session.projects
            self._memo.keep()
        return self.known

    def creation(self, subject: str) -> tuple[tuple[Change, ...], str]:
        """The files that create a missing table, tried first; why there are none, where there are none."""
        session = Session.open(self.root, Options(no_baseline=True), self._live, self._memo)
        mending = proposals(session.on, session.tree, create=(subject,), select=CREATED, subjects=(subject,))
        reasons = (each.reason for each in mending.refused if each.subject == subject)
        changes = tuple(change for each in mending.made for change in each.changes)
        return changes, "" if changes else next(reasons, f"nothing is known that would create {subject}")

    def _apply(self, path: str, data: bytes | None) -> None:
        known = path in self._live.unsaved
        for each in self._live.forget(path):
            self._tree.forget(each)
        if data is not None and self._work.takes(path):
            self._live.unsaved[path] = data
        else:
            self._live.unsaved.pop(path, None)
        if known != (path in self._live.unsaved):
            self._live.relist(self._work)
