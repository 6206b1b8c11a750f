"""How long a file may take its reader: what goes beyond that is told as a problem, and the other files are read."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from analyzer.code.deadline import Overdue, deadline
from analyzer.model.errors import TooSlow

T = TypeVar("T")

MOST_SECONDS = 60.0
"""Of processor time, so that a busy machine changes no report. Hundreds of times what the largest file of a sound project takes."""


def within_time(read: Callable[..., T], *given: object) -> T:
    """What the reader answers. Raises TooSlow when it takes longer than ``MOST_SECONDS``.

    There is no timer on Windows, and none in a thread: there, what parses code looks at the clock itself, and for what
    parses SQL, the bound on a file's size has to do.
    """
    alone = threading.current_thread() is threading.main_thread()
    bound = _timer if alone and hasattr(signal, "setitimer") else deadline
    try:
        with bound(MOST_SECONDS):
            return read(*given)
    except Overdue:
        raise TooSlow(errno.ETIMEDOUT, f"it takes longer than {MOST_SECONDS:g} s") from None


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    """Within this, what takes longer ends wherever it is."""
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        signal.signal(signal.SIGPROF, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise Overdue
