"""A file as the readers see it: its path and its bytes."""

from __future__ import annotations

from contextlib import suppress

from analyzer.model.errors import TooSlow, frames, summary
from analyzer.model.record import Record
from analyzer.model.span import Place


class Source(Record, frozen=True):
    """One file's content. Reading is a pure function of this value, so it can be cached, sent to a process, or unsaved."""

    path: str
    data: bytes


class Problem(Record, frozen=True):
    """Something that could not be read. It is always shown, and the run goes on. ``offset`` is a byte, or None for the file.

    ``unreadable`` is True where the file's bytes could not be had or decoded, not where what they say is wrong;
    ``internal`` where the fault is our own, so that the run ends with the exit code for that.
    """

    message: str
    offset: int | None = None
    unreadable: bool = False
    internal: bool = False


def mishap(error: Exception, where: str, offset: int | None = None) -> Problem:
    """What an error means that nobody expected: too much of something, or a fault of ours; ``where`` names the part at fault."""
    if isinstance(error, RecursionError):
        return Problem(f"this is nested too deeply for {where}", offset, unreadable=True)
    if isinstance(error, TooSlow):
        return Problem(f"cannot be read with {where}: {error.strerror}", offset, unreadable=True)
    if isinstance(error, MemoryError):
        return Problem(f"this takes more memory than there is for {where}", offset, unreadable=True)
    return Problem(f"internal error in {where}: {summary(error)}; please report it", offset, internal=True)


def blamed(error: BaseException) -> Place | None:
    """The place that was being looked at when the error came up, as far as the variables tell; the innermost counts."""
    for frame, _ in reversed(tuple(frames(error))):
        for value in frame.f_locals.values():
            place = value
            with suppress(Exception):  # a property may be what is broken
                place = getattr(value, "place", value)
            if isinstance(place, Place):
                return place
    return None
