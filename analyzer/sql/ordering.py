"""An order for files that come in none: each after those that make what it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set

from analyzer.model.catalog import Replay
from analyzer.model.events import CreateExtension, CreateSchema
from analyzer.sql.script import Script

MOST_ROUNDS = 20


def in_order_of_need(scripts: Sequence[Script], run: Callable[[Sequence[Script]], Replay]) -> tuple[Script, ...]:
    """The scripts in an order in which they can be run, as far as they do not need one another; else as they come.

    Each ``run`` shows more of what is needed, since a statement is refused for the first thing that it lacks.
    """
    needs: dict[str, set[str]] = defaultdict(set)
    scripts = ordered = tuple(sorted(scripts, key=_later))
    for _ in range(MOST_ROUNDS):
        before = sum(map(len, needs.values()))
        for want in run(ordered).wants:
            if want.later is not None and want.later.path != want.place.path:
                needs[want.place.path].add(want.later.path)
        if sum(map(len, needs.values())) == before:
            break
        ordered = _sorted(scripts, needs)
    return ordered


def _later(script: Script) -> bool:
    """False for what others build on without naming it: extensions and schemas."""
    return not any(isinstance(each.event, CreateExtension | CreateSchema) for each in script.facts.statements)


def _sorted(scripts: Sequence[Script], needs: Mapping[str, Set[str]]) -> tuple[Script, ...]:
    waiting = {each.path: each for each in scripts}
    ordered: list[Script] = []
    while waiting:
        free = (path for path in waiting if not (needs.get(path, set()) - {path}) & waiting.keys())
        # Of files that need one another, the first goes first.
        ordered.append(waiting.pop(next(free, next(iter(waiting)))))
    return tuple(ordered)
