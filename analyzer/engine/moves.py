"""What an edit leaves as it was: a file whose answers are the same but for where things stand in it.

Nothing that is made of the answers looks at an offset but to compare it with others of the same file, or to give it to a
reader. So when every offset moves and none passes another, what was concluded moves with them, and is not concluded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeVar

from msgspec.structs import replace

from analyzer.model.record import Record
from analyzer.model.request import Name
from analyzer.model.source import Problem
from analyzer.model.span import Place, Span
from analyzer.model.verdict import Verdict

T = TypeVar("T")

# For each offset of a file, where it went.
Moves = Mapping[int, int]


class Changed(Exception):
    """More than places changed."""


def moves_between(answers: Iterable[tuple[object, object]]) -> Moves:
    """Where the offsets of one file went, by what was answered of it before and after. Raises Changed.

    What is told of a whole file is told at its start, which stays where it is.
    """
    found = {0: 0}
    for before, after in answers:
        for old, new in _offsets(before, after):
            if found.setdefault(old, new) != new:
                raise Changed
    if any(before[1] >= after[1] for before, after in pairwise(sorted(found.items()))):
        raise Changed
    return found


def _offsets(before: object, after: object) -> Iterator[tuple[int, int]]:
    """The offsets in two answers, pair by pair. Raises Changed where they differ in more."""
    if type(before) is not type(after):
        raise Changed
    if isinstance(before, Span) and isinstance(after, Span):
        yield from ((before.start, after.start), (before.end, after.end))
    elif isinstance(before, Name) and isinstance(after, Name):
        yield from _of_name(before, after)
    elif isinstance(before, Problem) and isinstance(after, Problem):
        yield from _of_problem(before, after)
    elif isinstance(before, Record):
        for name in before.__struct_fields__:
            yield from _offsets(getattr(before, name), getattr(after, name))
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from _offsets(one, other)
    elif before != after:
        raise Changed


def _of_name(before: Name, after: Name) -> Iterator[tuple[int, int]]:
    """A name has to be as long as it was, too: that says whether it is written as it reads."""
    if before.span.end - before.span.start != after.span.end - after.span.start:
        raise Changed
    if replace(before, span=after.span) != after:
        raise Changed
    yield from _offsets(before.span, after.span)


def _of_problem(before: Problem, after: Problem) -> Iterator[tuple[int, int]]:
    if before.offset is None or after.offset is None:
        if before != after:
            raise Changed
    elif replace(before, offset=after.offset) != after:
        raise Changed
    else:
        yield before.offset, after.offset


def moved_verdict(verdict: Verdict, moves: Mapping[str, Moves]) -> Verdict:
    """The verdict with its places where they are now, by file. Raises Changed where that is not known of one."""
    if not moves:
        return verdict
    problems = tuple((path, _moved_problem(problem, moves.get(path))) for path, problem in verdict.problems)
    return replace(verdict, judged=_moved(verdict.judged, moves), problems=problems)


def _moved(value: T, moves: Mapping[str, Moves]) -> T:
    found: Any = value
    if isinstance(value, Place):
        found = _moved_place(value, moves)
    elif isinstance(value, Record):
        found = type(value)(*(_moved(getattr(value, name), moves) for name in value.__struct_fields__))
    elif isinstance(value, tuple):
        found = tuple(_moved(each, moves) for each in value)
    return found  # type: ignore[no-any-return]


def _moved_place(place: Place, moves: Mapping[str, Moves]) -> Place:
    offsets = moves.get(place.path)
    if offsets is None:
        return place
    return Place(place.path, Span(_moved_offset(place.span.start, offsets), _moved_offset(place.span.end, offsets)))


def _moved_problem(problem: Problem, offsets: Moves | None) -> Problem:
    if offsets is None or problem.offset is None:
        return problem
    return replace(problem, offset=_moved_offset(problem.offset, offsets))


def _moved_offset(offset: int, offsets: Moves) -> int:
    if offset not in offsets:
        raise Changed
    return offsets[offset]
