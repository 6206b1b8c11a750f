"""The last report of each way to scan a project, good for as long as all that it was made of is as it was.

And its last verdict, which outlives the report: it holds for as long as what the files say does.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from analyzer.cache.codec import Unreadable, codec
from analyzer.cache.memo import Memo
from analyzer.cache.store import Blobs
from analyzer.engine.trace import Trace, TracedTree
from analyzer.model.record import Record
from analyzer.model.report import Report
from analyzer.model.verdict import Verdict


class _Run(Record, frozen=True):
    """``listing`` and ``seen`` are the names and the content of all files that the report was made of, by digest."""

    listing: bytes
    seen: dict[str, bytes | None]
    report: bytes


class Runs:
    """A scan is a function of what it reads: when all of that is as it was, so is what it says.

    There is one kept report for each way to ask in each ``slot``, so that those of several commits stand side by side;
    None keeps no report, as of text that is not saved, which is another the next time. There is one verdict for all.
    """

    def __init__(self, store: Blobs | None, memo: Memo, slot: str | None) -> None:
        self._store = store
        self._memo = memo
        self._slot = slot

    def report(
        self,
        tree: TracedTree,
        asked: str,
        judge: Callable[[], tuple[Verdict, Callable[[], Trace]]],
        show: Callable[[Verdict], Report],
        inventory: Callable[[], bytes],
    ) -> Report:
        """The kept report for what is ``asked``, or a new one, which is kept if no file changed while it was made.

        ``judge`` concludes, and tells of what when it is asked; ``show`` makes a report of that, and ``inventory`` finds
        what the inventory is known by.
        """
        if self._store is None:
            return show(judge()[0])
        run = f"run {self._slot}{asked}" if self._slot is not None else None
        kept = _kept(self._store.load(run), tree) if run is not None else None
        if kept is not None:
            return kept
        blob = self._store.load(f"verdict {asked}")
        held = self._held(blob, tree, inventory) if blob is not None else None
        verdict, trace = (held, None) if held is not None else judge()
        report = show(verdict)
        if tree.steady and not report.failed:
            with suppress(Unreadable):
                if run is not None:
                    self._store.save(run, _run(tree, report))
                if trace is not None:
                    self._store.save(f"verdict {asked}", _standing(tree, verdict, trace()))
        return report

    def _held(self, blob: bytes, tree: TracedTree, inventory: Callable[[], bytes]) -> Verdict | None:
        from analyzer.engine.standing import still

        return still(blob, tree, self._memo, inventory)


def _run(tree: TracedTree, report: Report) -> bytes:
    return codec(_Run).encode(_Run(tree.listing, tree.seen, codec(Report).encode(report)))


def _standing(tree: TracedTree, verdict: Verdict, trace: Trace) -> bytes:
    from analyzer.engine.standing import Standing

    return codec(Standing).encode(Standing(tree.listing, tree.seen, trace, codec(Verdict).encode(verdict)))


def _kept(blob: bytes | None, tree: TracedTree) -> Report | None:
    if blob is None:
        return None
    try:
        run: _Run = codec(_Run).decode(blob)
        if run.listing != tree.listing or any(tree.changed(run.seen)):
            return None
        report: Report = codec(Report).decode(run.report)
    except Unreadable:
        return None
    return report
