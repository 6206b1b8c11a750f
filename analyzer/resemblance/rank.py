"""Ranks the existing relations by how like a missing one they are.

Likeness flows along the structure. Names and columns give each pair a first value; then a pair gains when what the two
refer to, and what refers to them, is alike too. So when ``agent_channels(agent_id, channel_id)`` is like
``persona_accounts(persona_id, platform_id)``, then ``channels`` is like ``platforms`` and ``agents`` like ``personas``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.model.record import Record
from analyzer.resemblance.shape import Shape, Tie, candidates, missing_shapes, present_shapes
from analyzer.words import likeness, same_thing

ROUNDS = 6
LEAST = 0.35
MOST = 3
# How much each kind of evidence weighs against the others, when it is there.
_NAME, _COLUMNS, _REFERS, _REFERRED = 1.0, 1.6, 1.0, 0.8
# A relation that the code never asks for by its name is the likelier one to be asked for by another.
_CALLED, _NEVER_CALLED = 0.2, 0.4
# Columns that nearly every table has tell nothing.
_COMMON = frozenset(("id", "created_at", "updated_at", "deleted_at", "inserted_at"))


class Candidate(Record, frozen=True):
    """A relation that may have been meant; ``score`` is from 0 to 1, ``evidence`` in words, the strongest first."""

    relation: Relation
    score: float
    evidence: tuple[str, ...]


# Half a second of work. Where so much is missing, the migrations are not those of the code, and nothing was meant.
_MOST_PAIRS = 20_000


def resemblances(project: Project) -> dict[str, tuple[Candidate, ...]]:
    """For each missing relation of the default schema, by name, the most likely ones that are there, the best first."""
    missing = missing_shapes(project)
    if not missing:
        return {}
    relations, flow = candidates(project), _Flow(missing, present_shapes(project, missing))
    if len(missing) * len(relations) > _MOST_PAIRS:
        return {}
    scores = flow.settle()
    return {name: tuple(_best(flow, relations, shape, scores)) for name, shape in missing.items()}


def _best(flow: _Flow, relations: Mapping[str, Relation], shape: Shape, scores: _Scores) -> Iterator[Candidate]:
    name = shape.name
    # What code writes to was no view.
    fitting = [each for each in scores[name].items() if not (shape.written and relations[each[0]].query is not None)]
    for other, score in sorted(fitting, key=lambda each: (-each[1], each[0]))[:MOST]:
        evidence = tuple(flow.evidence(name, other, scores))
        if score >= LEAST and evidence:
            yield Candidate(relations[other], round(score, 2), evidence)


_Scores = dict[str, dict[str, float]]


class _Flow:
    """Scores of every missing relation against every present one, until they settle."""

    def __init__(self, missing: Mapping[str, Shape], present: Mapping[str, Shape]) -> None:
        self._missing = missing
        self._present = present
        self._having = Counter(column for shape in present.values() for column in shape.columns)

    def settle(self) -> _Scores:
        fixed = {
            name: {other: list(self._fixed(shape, there)) for other, there in self._present.items() if other != name}
            for name, shape in self._missing.items()
        }
        scores = {name: {other: _mean(parts) for other, parts in row.items()} for name, row in fixed.items()}
        # Nothing flows to what has no ties.
        tied = {name: row for name, row in fixed.items() if self._missing[name].refers or self._missing[name].referred}
        for _ in range(ROUNDS):
            moved = {
                name: {other: _mean([*parts, *self._ties(name, other, scores)]) for other, parts in row.items()}
                for name, row in tied.items()
            }
            if all(scores[name] == row for name, row in moved.items()):
                break
            scores = {**scores, **moved}
        return scores

    def _fixed(self, shape: Shape, there: Shape) -> Iterator[tuple[float, float]]:
        """What does not depend on other pairs, as (weight, value)."""
        # That the names differ says little: the name asked for is not there, after all.
        alike = likeness(shape.name, there.name)
        yield _NAME * (0.4 + 0.6 * alike), alike
        yield (_CALLED, 0.0) if there.called else (_NEVER_CALLED, 1.0)
        telling = shape.columns - _COMMON - {column for column, _ in shape.refers}
        if telling and there.columns:
            yield _COLUMNS * len(telling) / (len(telling) + 1), self._columns(telling, there)

    def _columns(self, telling: set[str], there: Shape) -> float:
        """The share of the columns asked for that the other has, those weighing more that few relations have."""
        weights = {column: 1 / math.sqrt(1 + self._having[column]) for column in telling}
        found = sum(weight for column, weight in weights.items() if column in there.columns)
        return found / sum(weights.values())

    def _ties(self, name: str, other: str, scores: _Scores) -> Iterator[tuple[float, float]]:
        shape, there = self._missing[name], self._present[other]
        for weight, ours, theirs in (
            (_REFERS, shape.refers, there.refers),
            (_REFERRED, shape.referred, there.referred),
        ):
            if ours:
                best = [max((self._tie(mine, each, scores) for each in theirs), default=0.0) for mine in ours]
                yield weight * len(best) / (len(best) + 0.5), sum(best) / len(best)

    def _tie(self, mine: Tie, other: Tie, scores: _Scores) -> float:
        same_column = 0.2 if mine[0] and mine[0] == other[0] else 0.0
        return min(1.0, self._pair(mine[1], other[1], scores) + same_column)

    def _pair(self, mine: str, other: str, scores: _Scores) -> float:
        return 1.0 if mine == other else scores.get(mine, {}).get(other, 0.0)

    # --- in words -----------------------------------------------------------------------------------------------------

    def evidence(self, name: str, other: str, scores: _Scores) -> Iterator[str]:
        """Why the two are alike."""
        shape, there = self._missing[name], self._present[other]
        if same_thing(name, other):
            yield "the names differ in spelling only"
        elif likeness(name, other) >= LEAST:
            yield "the names say much the same"
        shared = sorted((shape.columns & there.columns) - _COMMON, key=lambda column: (self._having[column], column))
        if shared:
            asked = len(shape.columns - _COMMON)
            yield (
                f"it has {_listed(shared)}, of {asked} columns that the code asks for"
                if asked > len(shared)
                else (f"it has every column that the code asks for: {_listed(shared)}")
            )
        yield from sorted(self._parallels(shape, there, scores))
        if not there.called and shared:
            yield "no code asks for it by its own name"
        yield from sorted(self._mirrored(shape, there, scores))

    def _mirrored(self, shape: Shape, there: Shape, scores: _Scores) -> Iterator[str]:
        """Who refers to the one as another, or the same, does to the other."""
        for column, table in shape.referred:
            best = max(
                ((self._pair(table, each, scores), theirs, each) for theirs, each in there.referred), default=None
            )
            if column and best is not None and best[0] >= LEAST:
                yield f"`{best[2]}.{best[1]}` refers to it, and `{table}.{column}` to what is missing"

    def _parallels(self, shape: Shape, there: Shape, scores: _Scores) -> Iterator[str]:
        for column, target in shape.refers:
            best = max(
                ((self._pair(target, each, scores), theirs, each) for theirs, each in there.refers), default=None
            )
            if column and best is not None and best[0] >= LEAST:
                same = target == best[2]
                yield (
                    f"`{column}` and `{best[1]}` both refer to `{target}`"
                    if same
                    else f"`{column}` is to `{target}` what `{best[1]}` is to `{best[2]}`"
                )


def _mean(parts: Iterable[tuple[float, float]]) -> float:
    total = weights = 0.0
    for weight, value in parts:
        total += weight * value
        weights += weight
    return total / weights


def _listed(names: list[str], most: int = 5) -> str:
    return ", ".join(f"`{name}`" for name in names[:most]) + (" …" if len(names) > most else "")
