"""A file as the readers see it: its path and its bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file's content. Reading is a pure function of this value, so it can be cached, sent to a process, or unsaved."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read. It is always shown, and the run goes on. ``offset`` is a byte, or None for the file.

    ``unreadable`` is True where the file's bytes could not be had or decoded, not where what they say is wrong.
    """

    message: str
    offset: int | None = None
    unreadable: bool = False
