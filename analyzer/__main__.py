"""``fromcheck``, and ``python -m analyzer``.

What asks for the version alone is answered at once: the command line takes three times as long to import as Python to
start, and editors and hooks ask for the version to see whether the program is there.
"""

from __future__ import annotations

import sys

from analyzer import __version__


def main() -> None:
    """Run the command line that the program was started with, and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"fromcheck {__version__}\n")
        return
    from analyzer.cli import main as program

    program(prog_name="fromcheck")


if __name__ == "__main__":
    main()
