"""``fromcheck watch``: the report of a scan, printed anew when a file changes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from analyzer.cli.failure import complain
from analyzer.cli.options import cache_option, color_option, config_option, path_argument
from analyzer.cli.terminal import style, write
from analyzer.reporter import Style

INTERVAL = 0.5
"""Seconds between two looks at the files; a look at 2,000 takes a tenth of that."""

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
Seen = dict[str, tuple[int, int] | None]


@click.command(short_help="Scan again whenever a file changes.")
@path_argument
@config_option
@cache_option
@color_option
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, without the source.")
def watch(path: Path, config: Path | None, cache: Path | None, color: str, quiet: bool) -> int:
    """Print the report of a scan, and print it anew whenever a file changes. Ctrl-C ends it.

    PATH is the folder of the project, this one when it is not given.
    """
    look = style(color, quiet=quiet)
    try:
        while True:
            seen = _seen(path, config)
            if sys.stdout.isatty():
                click.echo(_CLEAR, nl=False, color=True)
            _scan(path, config, cache, look)
            while _seen(path, config) == seen:
                time.sleep(INTERVAL)
    except KeyboardInterrupt:
        return 0


def _scan(path: Path, config: Path | None, cache: Path | None, look: Style) -> None:
    """Print what is wrong now; what keeps it from being told is told instead, since the next change may mend it."""
    from analyzer.engine import Options, Session
    from analyzer.model.errors import ConfigError, FromcheckError
    from analyzer.reporters.text import REPORTER

    try:
        write(REPORTER.render(Session.open(path, Options(config=config, cache=cache)).scan(), look))
    except FromcheckError as error:
        if isinstance(error, ConfigError) or path.is_dir():
            complain(str(error))
        else:
            raise


def _seen(path: Path, config: Path | None) -> Seen:
    """When each file was last changed, and how large it is; None for one that has gone."""
    from analyzer.discover import WorkTree

    files = (*(path / each for each in WorkTree(path).paths()), *((config,) if config else ()))
    return {str(file): _stamp(file) for file in files}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


COMMAND = watch
