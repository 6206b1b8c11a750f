"""Reads files in other processes before they are asked for. What comes back are the answers that the cache would hold.

So the run goes on as after a run before it, and says the same however many processes there are. Whatever goes wrong in
them, an error or a kill: the answer is not there, and the file is read here when it is asked for.

There is one thread here and no lock, so that Ctrl-C may come at any moment: each process has a connection of its own.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analyzer.engine import readers
from analyzer.engine.patience import within_time
from analyzer.model.record import Record
from analyzer.model.source import Source

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

# Below this, starting processes takes about what they save: each takes 0.3 s, in which one reads 1 MB.
LEAST_BYTES = 4_000_000
MOST_PROCESSES = 8
# Small enough that no process ends long after the others, large enough that sending them costs nothing.
_CHUNK_BYTES = 256_000
# How much each has waiting, for while nobody here looks after them: about half a second of work.
_CHUNKS_EACH = 6
# Seconds to wait for a process that was killed.
_AT_MOST = 1.0


class Task(Record, frozen=True):
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


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, and the chunks that it was given and has not answered."""

    process: BaseProcess
    connection: Connection
    given: deque[list[Task]] = field(default_factory=deque)


class Ahead:
    """Answers that are being made. ``close`` ends the processes at once, whatever they are at."""

    def __init__(self, tasks: Iterable[Task] = (), jobs: int = 1) -> None:
        self._workers: list[_Worker] = []
        self._waiting: deque[list[Task]] = deque()
        self._awaited: set[bytes] = set()
        self._answers: dict[bytes, bytes] = {}
        tasks = list(tasks)
        size = sum(len(each.source.data) for each in tasks)
        if jobs > 1 and size >= LEAST_BYTES:
            try:
                self._start(min(jobs, size // _CHUNK_BYTES + 1))
                self.add(tasks)
            except OSError:  # as where no more files may be open, or processes started: all is read here
                self.close()
            except BaseException:
                self.close()
                raise

    @property
    def started(self) -> bool:
        """True when there are processes."""
        return bool(self._workers)

    def add(self, tasks: Iterable[Task]) -> None:
        """Make these answers, too."""
        for chunk in _chunks(tasks) if self._workers else ():
            self._awaited.update(each.name for each in chunk)
            self._waiting.append(chunk)
        for worker in tuple(self._workers):
            self._feed(worker)

    def answer(self, name: bytes) -> bytes | None:
        """The answer to a question, once it is there; None when it was not asked, or has none."""
        while name in self._awaited:
            self._receive()
        return self._answers.pop(name, None)

    def close(self) -> None:
        """End the processes, and forget what was not asked for."""
        for worker in self._workers:
            worker.process.kill()
            worker.connection.close()
        for worker in self._workers:
            worker.process.join(_AT_MOST)
        self._workers.clear()
        self._waiting.clear()
        self._awaited.clear()
        self._answers.clear()

    # --- the processes ------------------------------------------------------------------------------------------------

    def _start(self, jobs: int) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        with _interrupts_held():
            for _ in range(jobs):
                ours, theirs = context.Pipe()
                process = context.Process(target=work, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._workers.append(_Worker(process, ours))

    def _feed(self, worker: _Worker) -> None:
        try:
            while self._waiting and len(worker.given) < _CHUNKS_EACH:
                worker.connection.send(self._waiting[0])
                worker.given.append(self._waiting.popleft())
        except OSError:
            self._lose(worker)

    def _receive(self) -> None:
        """Take what has come, and give out more."""
        from multiprocessing.connection import wait

        ready = wait([each.connection for each in self._workers])
        for worker in [each for each in self._workers if each.connection in ready]:
            try:
                answers: list[bytes | None] = worker.connection.recv()
            except (OSError, EOFError):
                self._lose(worker)
                continue
            chunk = worker.given.popleft()
            self._awaited.difference_update(each.name for each in chunk)
            found = zip(chunk, answers, strict=True)
            self._answers.update((task.name, answer) for task, answer in found if answer is not None)
            self._feed(worker)

    def _lose(self, worker: _Worker) -> None:
        """Go on without a process that has ended: nobody waits for what it had, and without any for nothing."""
        self._workers.remove(worker)
        worker.connection.close()
        self._awaited.difference_update(each.name for chunk in worker.given for each in chunk)
        if not self._workers:
            self._waiting.clear()
            self._awaited.clear()


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
    from multiprocessing.resource_tracker import ensure_running

    # It lets interrupts through when it starts, so it has to be there before.
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the other process ---------------------------------------------------------------------------------------------


def work(connection: Connection) -> None:
    """Answer one chunk after the other, until the other end is gone: what is waiting and what is done is moved meanwhile."""
    import gc
    import signal
    from queue import SimpleQueue
    from threading import Thread

    # It lives for one scan, and what it makes holds no cycles.
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chunks: SimpleQueue[list[Task]] = SimpleQueue()
    answers: SimpleQueue[list[bytes | None]] = SimpleQueue()

    def take() -> None:
        _until_gone(lambda: chunks.put(connection.recv()))

    def give() -> None:
        _until_gone(lambda: connection.send(answers.get()))

    for each in (take, give):
        Thread(target=each, daemon=True).start()
    while True:
        answers.put([_answer(task) for task in chunks.get()])


def _until_gone(step: Callable[[], None]) -> None:
    try:
        while True:
            step()
    except (OSError, EOFError):
        os._exit(0)


def _answer(task: Task) -> bytes | None:
    from analyzer.cache.codec import codec

    # Where something goes wrong, whoever asks for it reads it again, and meets the error where it can be told.
    try:
        value = within_time(getattr(readers, task.reader), task.source, *task.given)
        return codec(task.kind).encode(value) if readers.is_sound(value) else None
    except Exception:
        return None
