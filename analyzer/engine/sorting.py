"""What a tree consists of, found out once for files that tell the same of what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from analyzer.cache import Memo
from analyzer.cache.memo import question
from analyzer.config import Config
from analyzer.discover import discover
from analyzer.discover.traits import TRAITS
from analyzer.engine.trace import TracedTree
from analyzer.model.inventory import Inventory
from analyzer.model.record import Record

_Told = Mapping[str, Mapping[str, bool]]


class _Sorted(Record, frozen=True):
    """An inventory, and what it was made of: ``read`` are files by the digest of their content, ``told`` by what they told."""

    inventory: Inventory
    read: dict[str, bytes | None]
    told: dict[str, tuple[bytes | None, dict[str, bool]]]


def inventory_of(tree: TracedTree, config: Config, memo: Memo) -> Inventory:
    """Which files there are, and to which root each belongs: the one of before, where that still holds.

    Raises ConfigError.
    """
    name = question("inventory", tree.listing, repr(config))
    kept: _Sorted | None = memo.look(_Sorted, name)
    if kept is not None and _holds(tree, kept):
        tree.sorted.update(kept.read)
        tree.told.update({path: dict(traits) for path, (_, traits) in kept.told.items()})
        return kept.inventory
    inventory = tree.sort(partial(discover, config=config))
    read = {path: tree.seen[path] for path in tree.sorted}
    told = {path: (tree.seen[path], dict(traits)) for path, traits in tree.told.items() if path not in read}
    memo.learn(_Sorted, name, _Sorted(inventory, read, told))
    return inventory


def _holds(tree: TracedTree, kept: _Sorted) -> bool:
    told = {path: traits for path, (_, traits) in kept.told.items()}
    changed = tree.changed({path: digest for path, (digest, _) in kept.told.items()})
    return not any(tree.changed(kept.read)) and all(as_told(tree, path, told) for path in changed)


def as_told(tree: TracedTree, path: str, told: _Told) -> bool:
    """True when the file tells the same as then of what it is for."""
    try:
        return all(tree.has(path, TRAITS[name]) == answer for name, answer in told.get(path, {}).items())
    except OSError:
        return False
