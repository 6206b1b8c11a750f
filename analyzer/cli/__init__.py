"""The command line. ``main`` is its entry; each command is one file in ``commands/``."""

from analyzer.cli.main import main

__all__ = ["main"]
