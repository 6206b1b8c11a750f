"""Runs a command several times and says what it took: seconds of wall clock (median), and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What one command took. ``memory`` is the peak of the largest process, in MB; ``output`` is of the last run."""

    seconds: float
    memory: float
    output: str


def measure(command: Sequence[str], runs: int, environment: dict[str, str] | None = None) -> Measured:
    """Run the command several times in turn; raises RuntimeError when it fails."""
    seconds, memory, output = [], 0.0, ""
    for _ in range(runs):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
        )
        assert process.stdout is not None
        output = process.stdout.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - began)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = max(memory, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
        if process.returncode not in (0, 1):
            raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Measured(statistics.median(seconds), memory, output)


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
