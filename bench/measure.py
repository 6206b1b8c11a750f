"""Runs commands several times in turn and says what each took: wall clock, processor time, and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

SAMPLED_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """What one command took: medians of seconds, and the peak in MB of all its processes together.

    ``cpu`` is the time that they spent on a processor, which a busy machine does not stretch. ``output`` is of the last run.
    """

    seconds: float
    memory: float
    output: str
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to measure. ``before`` is run ahead of each run, unmeasured; ``codes`` are the exit codes of a good run."""

    name: str
    command: Sequence[str]
    before: Callable[[], object] = lambda: None
    codes: frozenset[int] = frozenset((0, 1))
    environment: Mapping[str, str] = field(default_factory=dict)


def measure(command: Sequence[str], runs: int, environment: dict[str, str] | None = None) -> Measured:
    """Run one command several times; raises RuntimeError when it fails."""
    (measured,) = measure_in_turn([Contender(command[0], command, environment=environment or {})], runs)
    return measured


def measure_in_turn(contenders: Sequence[Contender], runs: int) -> list[Measured]:
    """Run all, one after the other, several times over, so that a busy minute hits them alike; raises RuntimeError."""
    taken: list[list[Measured]] = [[] for _ in contenders]
    for _ in range(runs):
        for each, found in zip(contenders, taken, strict=True):
            each.before()
            found.append(_once(each))
    return [
        Measured(
            statistics.median(one.seconds for one in each),
            max(one.memory for one in each),
            each[-1].output,
            statistics.median(one.cpu for one in each),
        )
        for each in taken
    ]


def _once(each: Contender) -> Measured:
    began = time.perf_counter()
    process = subprocess.Popen(
        each.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **each.environment}
    )
    peak = _Peak(process.pid)
    assert process.stdout is not None
    output = process.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    alone = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    if process.returncode not in each.codes:
        raise RuntimeError(f"{each.name} ended with {process.returncode}")
    return Measured(seconds, max(alone, peak.end()), output, usage.ru_utime + usage.ru_stime)


class _Peak:
    """The most memory that a process and those below it hold together, looked at every now and then; 0 without /proc."""

    def __init__(self, process: int) -> None:
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(process,), daemon=True)
        self._thread.start()

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self, process: int) -> None:
        while not self._over.wait(SAMPLED_EVERY):
            self._most = max(self._most, sum(map(_resident, _family(process))))


def _family(process: int) -> list[int]:
    found = [process]
    for each in found:
        try:
            with open(f"/proc/{each}/task/{each}/children") as children:
                found += map(int, children.read().split())
        except OSError:
            continue
    return found


def _resident(process: int) -> float:
    try:
        with open(f"/proc/{process}/statm") as memory:
            return int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def machine() -> str:
    """The machine in a line: processor, cores, Python."""
    name = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
