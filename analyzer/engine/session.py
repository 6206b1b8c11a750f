"""``Session``: what every front end asks, of a folder, a commit, or unsaved text."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.baseline import Baseline, accept, find_baseline
from analyzer.cache import Blobs, LiveMemo, Memo, Store
from analyzer.cache.version import tool_version
from analyzer.config import Config, read_config
from analyzer.discover import ObjectTree, WorkTree
from analyzer.engine.options import Options, folder_of
from analyzer.engine.positions import Positions
from analyzer.engine.runs import Runs
from analyzer.engine.sorting import inventory_of
from analyzer.engine.trace import TracedTree, inventory_digest
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.inventory import Inventory, Tree
from analyzer.model.report import Region, Report

if TYPE_CHECKING:
    from analyzer.engine.analysis import Analysis
    from analyzer.engine.documents import Document
    from analyzer.engine.trace import Trace
    from analyzer.link import Project
    from analyzer.model.source import Problem
    from analyzer.model.span import Place
    from analyzer.model.verdict import Verdict


class Session:
    """One folder under one configuration, and what is asked of it.

    What is known from a run before is answered without an ``Analysis``, and without importing what makes one.
    """

    def __init__(
        self,
        tree: Tree,
        shown_root: str,
        config: Config,
        options: Options,
        baseline: Callable[[], Baseline | None] = lambda: None,
        store: Store | None = None,
        *,
        slot: str | None = "",
        memo: Memo | None = None,
        reports: Blobs | None = None,
    ) -> None:
        self.tree = tree if isinstance(tree, TracedTree) else TracedTree(tree)
        self._memo = memo or (LiveMemo if options.live else Memo)(store)
        self._store = store
        self._runs = Runs(reports or store, self._memo, slot)
        self.config = config
        self._shown_root = shown_root
        self._options = options
        self._baseline = baseline

    @classmethod
    def open(
        cls,
        path: Path,
        options: Options,
        tree: Tree | None = None,
        memo: Memo | None = None,
        reports: Blobs | None = None,
    ) -> Session:
        """A session on a folder; ``tree`` stands for its files, when it is not they as they are on disk.

        ``memo`` is what earlier sessions read, and ``reports`` what they reported; without them, that is what
        ``options.cache`` keeps.

        Raises ConfigError, and NothingToScan when it is no folder.
        """
        if not os.path.isdir(path):  # a name that is too long is none, either
            raise NothingToScan(f"{path} is not a folder: give the folder that holds the project")
        config = _configured(path, options)
        baseline = partial(find_baseline, path, options.baseline) if not options.no_baseline else lambda: None
        store = _store(path, options)
        slot, tree = None if tree else "", tree or WorkTree(path)
        return cls(tree, str(path), config, options, baseline, store, slot=slot, memo=memo, reports=reports)

    @classmethod
    def at(cls, path: Path, options: Options, tree: Tree, memo: Memo | None = None) -> Session:
        """A session on the files that a folder had, such as those of a commit, with its configuration and baseline of then.

        Raises ConfigError.
        """
        config = _configured(path, options, tree)
        baseline = partial(find_baseline, path, options.baseline, tree) if not options.no_baseline else lambda: None
        return cls(tree, str(path), config, options, baseline, _store(path, options), slot=_slot(tree), memo=memo)

    def on(self, tree: Tree) -> Session:
        """A session like this one on other files, which knows what this one has read; no baseline accepts anything."""
        return Session(tree, self._shown_root, self.config, self._options, memo=self._memo)

    def earlier(self, tree: Tree) -> Session:
        """A session on what the files were, which judges them as this one does, with no baseline.

        What the project consists of is what the configuration said then; what is wrong is what it says now. Raises
        NothingToScan where none of the roots that are asked for was there.
        """
        try:
            config = _configured(Path(self._shown_root), self._options, tree)
        except ConfigError:  # whoever mends it is not to be kept from that
            config = self.config
        judging = {name: getattr(self.config, name) for name in ("select", "ignore", "severity", "levels", "fail_on")}
        config = replace(config, **judging)
        options = self._options
        if options.roots:
            there = {root.folder for root in Session(tree, self._shown_root, config, Options()).inventory.roots}
            options = replace(options, roots=tuple(each for each in options.roots if folder_of(each) in there))
            if not options.roots:
                raise NothingToScan("the projects that --root names were not there")
        return Session(tree, self._shown_root, config, options, store=self._store, slot=_slot(tree), memo=self._memo)

    @cached_property
    def analysis(self) -> Analysis:
        """The steps from files to findings, as far as they were asked for."""
        from analyzer.engine.analysis import Analysis

        return Analysis(self.tree, lambda: self.inventory, self._shown_root, self.config, self._options, self._memo)

    # --- questions ----------------------------------------------------------------------------------------------------

    def scan(self) -> Report:
        """Everything that is wrong. Raises NothingToScan when there is no code, or no migration."""
        began = time.monotonic()
        baseline = self._baseline()
        asked = repr((self._shown_root, self.config, self._options.roots, self._options.select, self._options.ignore))
        report = self._runs.report(
            self.tree, asked, self._judged, self._shown, lambda: inventory_digest(self.inventory)
        )
        if baseline is not None:
            # Of a project that was not looked at, nothing can be said to be gone.
            checked = () if self._options.roots else [rule.code for rule in self._options.rules(self.config)]
            report = accept(report, baseline, checked)
        return replace(report, seconds=max(round(time.monotonic() - began, 3), 0.0))

    @property
    def judged_anew(self) -> bool:
        """True when ``projects`` were made, since what earlier sessions said could not be told again."""
        return "analysis" in self.__dict__

    def _judged(self) -> tuple[Verdict, Callable[[], Trace]]:
        return self.analysis.verdict(), self.analysis.trace

    def _shown(self, verdict: Verdict) -> Report:
        from analyzer.engine.reporting import make_report

        return make_report(self._shown_root, verdict, Positions(self.tree.content))

    def schema(self, *, include_managed: bool = False) -> Document:
        """The replayed catalogue, as the public JSON has it. Raises NothingToScan, and ConfigError when there are several."""
        return self.analysis.schema(include_managed=include_managed)

    def references(self) -> Document:
        """Every reference in the code, as the public JSON has it. Raises NothingToScan when there is no code."""
        return self.analysis.references()

    def region(self, place: Place) -> Region:
        """The place in lines and columns."""
        return self.analysis.region(place)

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What could not be found, read or replayed of what was asked for so far, by path."""
        return self.analysis.problems()

    @cached_property
    def inventory(self) -> Inventory:
        """Which files there are, and to which root each belongs."""
        return inventory_of(self.tree, self.config, self._memo)

    @property
    def projects(self) -> tuple[Project, ...]:
        """Every root that has migrations, read, replayed and linked."""
        return self.analysis.projects

    @property
    def unchecked(self) -> Project:
        """The code that belongs to no project with migrations."""
        return self.analysis.unchecked

    @property
    def progress(self) -> tuple[int, int]:
        """How many files are read by now, and how many there are to read, as far as that is known; any thread may ask."""
        analysis: Analysis | None = self.__dict__.get("analysis")
        return analysis.progress if analysis else (0, 0)


def _slot(tree: Tree) -> str | None:
    """Where the report on this tree is kept: each commit's in one of a few places, so that the last few are."""
    if not isinstance(tree, ObjectTree):
        return None
    return f"commit {tree.commit[0]} " if tree.commit else "index "


def _store(path: Path, options: Options) -> Store | None:
    return Store(options.cache, tool_version(), str(path.resolve())) if options.cache is not None else None


def _configured(path: Path, options: Options, tree: Tree | None = None) -> Config:
    """The configuration, once every code in it means a rule. Raises ConfigError."""
    config = read_config(path, options.config, tree)
    for key in ("select", "severity", "ignore"):
        for where, said in config.placed(key):
            if unknown := _unknown((said,) if isinstance(said, str) else said.rules):
                raise ConfigError(f"{where}{key}: there is no rule {unknown[0]} (`fromcheck rules` lists them)")
    return config


def _unknown(said: tuple[str, ...]) -> tuple[str, ...]:
    from analyzer.check import unknown_codes

    return tuple(unknown_codes(said))
