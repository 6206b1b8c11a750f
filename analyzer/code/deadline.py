"""When reading has to end, for where no signal reaches: in a thread, and on Windows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Overdue(BaseException):
    """Ends a reader, whatever errors it catches itself."""


_end: ContextVar[float | None] = ContextVar("end", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within this, what takes longer ends as soon as it looks at the clock; the time is this thread's on a processor."""
    token = _end.set(time.thread_time() + seconds)
    try:
        yield
    finally:
        _end.reset(token)


def look_at_the_clock() -> None:
    """Raises Overdue when there is a deadline, and it is over."""
    end = _end.get()
    if end is not None and time.thread_time() > end:
        raise Overdue
