"""Fuzzes one target for as long as is asked: ``python -m tests.fuzz TARGET --minutes N [--seed N] [--corpus FOLDER]``.

Every input comes from a seed alone, so a fault is told by its seed. An input that takes longer than five seconds is one.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.fuzz.targets import FOLDERS, TARGETS, attempt

SLOW, STUCK = 5.0, 20.0


class StuckError(Exception):
    """The target does not come to an end."""


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Raises StuckError in what takes more processor time, where there is a timer: not the one by which readers are bounded."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise StuckError(f"after {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=[*TARGETS])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, help="only this one, with the whole traceback")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that fail")
    parser.add_argument(
        "--corpus", type=Path, help="a folder with more files to change; a seed means another input with it"
    )
    given = parser.parse_args()
    FOLDERS.extend([given.corpus] if given.corpus else [])
    if given.seed is not None:
        attempt(given.target, given.seed)
        return 0
    return _run(given.target, given.minutes * 60, given.first, given.keep)


def _run(target: str, seconds: float, seed: int, keep: Path | None) -> int:
    began, first, faults = time.monotonic(), seed, Counter[str]()
    while time.monotonic() - began < seconds:
        fault = _fault(target, seed)
        if fault:
            faults[fault] += 1
            if faults[fault] == 1:
                print(f"seed {seed}: {fault}", flush=True)
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{target}-{seed}").write_bytes(TARGETS[target][1](Random(f"{target} {seed}")))
        seed += 1
    spent = (time.monotonic() - began) / 60
    print(f"{target}: {seed - first:,} inputs in {spent:.1f} min, {len(faults)} kinds of fault, next seed {seed}")
    return int(bool(faults))


def _fault(target: str, seed: int) -> str:
    """What went wrong, in a line that is the same for the same fault; empty when nothing did."""
    began = time.process_time()
    try:
        with _ended_after(STUCK):
            attempt(target, seed)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {str(error)[:160]}"
    spent = time.process_time() - began
    return f"slow: {spent:.0f} s" if spent > SLOW else ""


if __name__ == "__main__":
    sys.exit(main())
