"""The verdict of a run before, where what has changed since is no more than where things stand in code files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from analyzer.cache.codec import codec
from analyzer.cache.memo import Memo
from analyzer.engine import readers
from analyzer.engine.moves import Changed, Moves, moved_verdict, moves_between
from analyzer.engine.patience import within_time
from analyzer.engine.sorting import as_told
from analyzer.engine.trace import Asked, Trace, TracedTree, asked, digest_of
from analyzer.model.record import Record
from analyzer.model.source import Source
from analyzer.model.verdict import Verdict

# With more files changed, it is quicker to conclude anew than to fail to show that nothing else is different.
MOST = 30


class Standing(Record, frozen=True):
    """A verdict as bytes, and what it was made of: the names and the content of all files by digest, and how they were read."""

    listing: bytes
    seen: dict[str, bytes | None]
    trace: Trace
    verdict: bytes


def still(blob: bytes, tree: TracedTree, memo: Memo, inventory: Callable[[], bytes]) -> Verdict | None:
    """The kept verdict with its places where they are now; None where it may no longer hold.

    ``memo`` has the answers of then, and ``inventory`` finds what the inventory is known by now.
    """
    try:
        standing: Standing = codec(Standing).decode(blob)
        if standing.listing != tree.listing:
            return None
        changed = tuple(islice(tree.changed(standing.seen), MOST + 1))
        if len(changed) > MOST or not _may_move(standing.trace, changed, tree, inventory):
            return None
        moves = {path: _moves(path, standing, tree, memo) for path in changed}
        verdict: Verdict = codec(Verdict).decode(standing.verdict)
        return moved_verdict(verdict, moves)
    except Exception:  # whatever it is, whoever concludes anew meets it where it can be told
        return None


def _may_move(trace: Trace, changed: Iterable[str], tree: TracedTree, inventory: Callable[[], bytes]) -> bool:
    """True when nothing but answers about code can be different for the files that changed."""
    if any(path not in trace.asked or path in trace.plain for path in changed):
        return False
    alike = trace.sorted.isdisjoint(changed) and all(as_told(tree, path, trace.told) for path in changed)
    return alike or inventory() == trace.inventory


def _moves(path: str, standing: Standing, tree: TracedTree, memo: Memo) -> Moves:
    """Where the offsets of a file went. Raises Changed, and whatever reading it does."""
    before, after = standing.seen[path], Source(path, tree.content(path))
    if before is None:
        raise Changed
    told = [_told(each, path, before, after, memo) for each in standing.trace.asked[path]]
    try:
        return moves_between((then, now) for then, now, _ in told)
    except Changed:
        # Whoever concludes anew asks the same.
        for _, _, learn in told:
            learn()
        raise


def _told(
    each: Asked, path: str, before: bytes, after: Source, memo: Memo
) -> tuple[object, object, Callable[[], None]]:
    """What was answered then, what is now, and what keeps that. Raises Changed where it is not known any more."""
    kind, kinds_given = readers.of_code()[each.reader]
    read, given = getattr(readers, each.reader), codec(kinds_given).decode(each.given)
    then = memo.look(kind, asked(path, before, read, *given))
    if then is None:
        raise Changed
    now = within_time(read, after, *given)
    return then, now, partial(memo.learn, kind, asked(path, digest_of(after.data), read, *given), now)
