"""How long a file may take its reader: what goes beyond that is told as a problem, and the other files are read."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from analyzer.model.errors import TooSlow

T = TypeVar("T")

MOST_SECONDS = 60.0
"""Of processor time, so that a busy machine changes no report. Hundreds of times what the largest file of a sound project takes."""


class _Alarm(BaseException):
    """Ends a reader, whatever errors it catches itself."""


def within_time(read: Callable[..., T], *given: object) -> T:
    """What the reader answers. Raises TooSlow when it takes longer than ``MOST_SECONDS``.

    There is no timer on Windows, and none in a thread: there, the bound on a file's size has to do.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return read(*given)
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        try:
            return read(*given)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _Alarm:
        raise TooSlow(errno.ETIMEDOUT, f"it takes longer than {MOST_SECONDS:g} s") from None
    finally:
        signal.signal(signal.SIGPROF, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Alarm
