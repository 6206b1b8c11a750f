"""What a tree consists of, found out once for the same files."""

from __future__ import annotations

from functools import partial

from analyzer.cache import Memo
from analyzer.cache.memo import question
from analyzer.config import Config
from analyzer.discover import discover
from analyzer.engine.trace import TracedTree
from analyzer.model.inventory import Inventory
from analyzer.model.record import Record


class _Sorted(Record, frozen=True):
    """An inventory, and the content of the files that were read for it, by digest."""

    inventory: Inventory
    seen: dict[str, bytes | None]


def inventory_of(tree: TracedTree, config: Config, memo: Memo) -> Inventory:
    """Which files there are, and to which root each belongs: the one of before, where that still holds.

    Raises ConfigError.
    """
    name = question("inventory", tree.listing, repr(config))
    kept: _Sorted | None = memo.look(_Sorted, name)
    if kept is not None and not any(tree.changed(kept.seen)):
        tree.sorted.update(kept.seen)
        return kept.inventory
    inventory = tree.sort(partial(discover, config=config))
    memo.learn(_Sorted, name, _Sorted(inventory, {path: tree.seen[path] for path in tree.sorted}))
    return inventory
