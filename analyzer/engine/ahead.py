"""Reads files in other processes before they are asked for. What comes back are the answers that the cache would hold.

So the run goes on as after a run before it, and says the same however many processes there are. Whatever goes wrong in
them, an error or a kill: the answer is not there, and the file is read here when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.cache.codec import codec
from analyzer.engine import readers
from analyzer.model.source import Source

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# Below this, starting a process takes longer than it saves: about 0.2 s, in which 0.7 MB are read.
LEAST_BYTES = 2_000_000
MOST_PROCESSES = 8
# Small enough that no process ends long after the others, large enough that sending them costs nothing.
_CHUNK_BYTES = 256_000

_Answers = list[bytes | None]


@dataclass(frozen=True, slots=True)
class Task:
    """One file for one reader, by its name in ``readers``; ``name`` is the question that it answers, of type ``kind``."""

    name: bytes
    kind: Any
    reader: str
    source: Source
    given: tuple[object, ...] = ()


def usual_jobs() -> int:
    """As many processes as there are cores to run on, and not more than eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


class Ahead:
    """Answers that are being made; it is left with ``close``, which ends the processes at once."""

    def __init__(self, tasks: Iterable[Task], jobs: int) -> None:
        self._awaited: dict[bytes, tuple[Future[_Answers], int]] = {}
        self._pool: ProcessPoolExecutor | None = None
        tasks = list(tasks)
        if jobs > 1 and sum(len(each.source.data) for each in tasks) >= LEAST_BYTES:
            self._start(tasks, jobs)

    @property
    def started(self) -> bool:
        """True when there are processes."""
        return self._pool is not None

    def add(self, tasks: Iterable[Task]) -> None:
        """Make these answers, too."""
        if self._pool is None:
            return
        from concurrent.futures import BrokenExecutor

        with _interrupts_held(), suppress(BrokenExecutor):
            for chunk in _chunks(tasks):
                future = self._pool.submit(_answers, chunk)
                self._awaited.update((each.name, (future, number)) for number, each in enumerate(chunk))

    def answer(self, name: bytes) -> bytes | None:
        """The answer to a question, once it is there; None when it was not asked, or has none."""
        awaited = self._awaited.pop(name, None)
        if awaited is None:
            return None
        from concurrent.futures import BrokenExecutor

        future, number = awaited
        try:
            return future.result()[number]
        except BrokenExecutor:
            self._awaited.clear()
            return None

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self._awaited.clear()
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _start(self, tasks: list[Task], jobs: int) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        self._pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare)
        self.add(tasks)


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task.source.data)
        if size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes that are started in here never see Ctrl-C: it is for this one, which ends them. It is told afterwards."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the other process ---------------------------------------------------------------------------------------------


def _prepare() -> None:
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answers(tasks: Sequence[Task]) -> _Answers:
    return [_answer(task) for task in tasks]


def _answer(task: Task) -> bytes | None:
    # Where something goes wrong, whoever asks for it reads it again, and meets the error where it can be told.
    try:
        value = getattr(readers, task.reader)(task.source, *task.given)
        return codec(task.kind).encode(value) if readers.is_sound(value) else None
    except Exception:
        return None
