"""The last report of each way to scan a project, good for as long as all that it was made of is as it was."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.cache.codec import Unreadable, codec
from analyzer.cache.store import Store
from analyzer.engine.trace import TracedTree
from analyzer.model.record import Record
from analyzer.model.report import Report


class _Run(Record, frozen=True):
    """``listing`` and ``seen`` are the names and the content of all files that the report was made of, by digest."""

    listing: bytes
    seen: dict[str, bytes | None]
    report: bytes


class Runs:
    """A scan is a function of what it reads: when all of that is as it was, so is what it says.

    There is one kept report for each way to ask in each ``slot``, so that those of several commits stand side by side.
    """

    def __init__(self, store: Store | None, slot: str = "") -> None:
        self._store = store
        self._slot = slot

    def report(self, tree: TracedTree, asked: str, make: Callable[[], Report]) -> Report:
        """The kept report for what is ``asked``, or a new one, which is kept if no file changed while it was made."""
        if self._store is None:
            return make()
        name = f"run {self._slot}{asked}"
        kept = _kept(self._store.load(name), tree)
        if kept is not None:
            return kept
        report = make()
        if tree.steady and not report.failed:
            _save(self._store, name, tree, report)
        return report


def _kept(blob: bytes | None, tree: TracedTree) -> Report | None:
    if blob is None:
        return None
    try:
        run: _Run = codec(_Run).decode(blob)
        if run.listing != tree.listing or not tree.is_as(run.seen):
            return None
        report: Report = codec(Report).decode(run.report)
    except Unreadable:
        return None
    return report


def _save(store: Store, name: str, tree: TracedTree, report: Report) -> None:
    try:
        store.save(name, codec(_Run).encode(_Run(tree.listing, tree.seen, codec(Report).encode(report))))
    except Unreadable:
        return
