"""``fromcheck``, and ``python -m analyzer``.

What asks for the version alone is answered at once: the command line takes three times as long to import as Python to
start, and editors and hooks ask for the version to see whether the program is there.
"""

from __future__ import annotations

import os
import sys

from analyzer import __version__

# When to look for garbage that holds itself: hardly ever. Facts hold none, and there are many of them to look through.
_RARELY = (50_000, 20, 50)


def main() -> None:
    """Run the command line that the program was started with, and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]) and _said(f"fromcheck {__version__}\n"):
        return
    import gc
    import warnings

    from analyzer.cli import main as program

    gc.set_threshold(*_RARELY)
    if not sys.warnoptions:
        # What a library warns of is for who writes fromcheck, not for who uses it.
        warnings.simplefilter("ignore")

    program(prog_name="fromcheck")


def _said(text: str) -> bool:
    """Write a text to stdout; False where that cannot be done, which the command line knows how to tell."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (AttributeError, OSError):  # closed before we were started, or full
        return False
    return True


def run() -> None:
    """The same for a process of its own, which then ends at once: giving memory back piece by piece takes long."""
    try:
        main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:  # before the command line is there, which knows of it
        code = 130
    from contextlib import suppress

    for stream in (sys.stdout, sys.stderr):
        # A reader that has gone away is no failure of ours.
        with suppress(OSError, ValueError):
            stream.flush() if stream is not None else None
    os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    run()
