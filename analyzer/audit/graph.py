"""Where each table stands in the drawing of foreign keys: what is referred to on the left, what refers to it on the right."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analyzer.model.record import Record

ROW, HEIGHT, GAP, COLUMN_GAP, MARGIN = 40, 28, 18, 84, 16
_LETTER, _PADDING, _LEAST_WIDTH = 7.4, 30, 72
_SWEEPS = 6
_LEAST_ROWS = 12


class Box(Record, frozen=True):
    """A table's place, from its upper left corner."""

    name: str
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return self.y + HEIGHT / 2


class Drawing(Record, frozen=True):
    """The boxes by name, and how large the whole is."""

    boxes: Mapping[str, Box]
    width: float
    height: float


def lay_out(labels: Mapping[str, str], edges: Iterable[tuple[str, str]]) -> Drawing:
    """Places for tables, which are labels by name, joined by (from, to); the same input gives the same drawing.

    Tables without any edge stand in rows below the others.
    """
    joined = sorted({(one, other) for one, other in edges if one != other and one in labels and other in labels})
    tied = {name for edge in joined for name in edge}
    ranks = _ranks([name for name in labels if name in tied], joined)
    columns = [part for column in _ordered(ranks, joined) for part in _cut(column, len(tied))]
    boxes, width, height = _columns(columns, labels)
    loose = [name for name in labels if name not in tied]
    more, loose_width, bottom = _rows(loose, labels, max(width, 640.0), height if tied else 0.0)
    return Drawing({**boxes, **more}, max(width, loose_width), bottom if loose else height)


def _ranks(names: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How many steps lead from a table along its keys at most; a key that closes a circle does not count."""
    targets: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        targets[one].append(other)
    ranks: dict[str, int] = {}
    for name in names:
        _rank(name, targets, ranks)
    return ranks


def _rank(start: str, targets: Mapping[str, Sequence[str]], ranks: dict[str, int]) -> None:
    """Walks without recursion: chains of keys can be long."""
    stack, entered = [start], set()
    while stack:
        name = stack[-1]
        if name in ranks:
            stack.pop()
            continue
        entered.add(name)
        open_targets = [each for each in targets.get(name, ()) if each not in ranks and each not in entered]
        if open_targets:
            stack.append(open_targets[0])
        else:
            ranks[name] = 1 + max((ranks[each] for each in targets.get(name, ()) if each in ranks), default=-1)
            stack.pop()


def _ordered(ranks: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The columns, each so ordered that its keys cross little: by the middle of what a table is joined with."""
    columns: list[list[str]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for name in sorted(ranks):
        columns[ranks[name]].append(name)
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        beside[one].append(other)
        beside[other].append(one)
    for sweep in range(_SWEEPS):
        at = {name: place / max(len(column), 1) for column in columns for place, name in enumerate(column)}
        for column in columns if sweep % 2 else reversed(columns):
            column.sort(key=lambda name: (_mean([at[each] for each in beside[name]], at[name]), name))
            at |= {name: place / len(column) for place, name in enumerate(column)}
    return columns


def _mean(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _cut(column: list[str], tables: int) -> list[list[str]]:
    """A long column as several shorter ones, so that the whole stays wider than high."""
    most = max(_LEAST_ROWS, math.ceil(1.7 * math.sqrt(tables)))
    parts = math.ceil(len(column) / most)
    size = math.ceil(len(column) / parts) if parts else 0
    return [column[start : start + size] for start in range(0, len(column), size)] if size else []


def _columns(columns: Sequence[Sequence[str]], labels: Mapping[str, str]) -> tuple[dict[str, Box], float, float]:
    boxes: dict[str, Box] = {}
    tallest = max(map(len, columns), default=0)
    x = float(MARGIN)
    for column in columns:
        width = max(_width(labels[name]) for name in column)
        top = MARGIN + (tallest - len(column)) * ROW / 2
        for number, name in enumerate(column):
            boxes[name] = Box(name, x, top + number * ROW, width)
        x += width + COLUMN_GAP
    return boxes, max(x - COLUMN_GAP + MARGIN, 0.0), tallest * ROW + 2 * MARGIN


def _rows(
    names: Sequence[str], labels: Mapping[str, str], room: float, top: float
) -> tuple[dict[str, Box], float, float]:
    boxes: dict[str, Box] = {}
    x, y, widest = float(MARGIN), top + MARGIN, 0.0
    for name in names:
        width = _width(labels[name])
        if x > MARGIN and x + width + MARGIN > room:
            x, y = float(MARGIN), y + ROW
        boxes[name] = Box(name, x, y, width)
        x += width + GAP
        widest = max(widest, x - GAP + MARGIN)
    return boxes, widest, y + HEIGHT + MARGIN


def _width(label: str) -> float:
    return max(_LEAST_WIDTH, round(_LETTER * len(label) + _PADDING))
