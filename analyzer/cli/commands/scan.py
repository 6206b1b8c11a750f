"""``fromcheck scan``: everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from analyzer.cli.options import (
    color_option,
    config_option,
    format_option,
    path_argument,
    reporter_names,
    roots_option,
)
from analyzer.cli.terminal import style, write

EXAMPLES = """\b
Examples:
  fromcheck scan                         the project in this folder
  fromcheck scan apps/web                another folder
  fromcheck scan --select FC1            only what the code asks for
  fromcheck scan --ignore FC301,FC5      all but these
  fromcheck scan --fail-on critical      exit with 1 only for the worst
  fromcheck scan --format json > report.json
"""


@click.command(epilog=EXAMPLES)
@path_argument
@format_option(*reporter_names())
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "error", "warning", "info", "never"]),
    help="Exit with 1 when there is a finding of this severity or a higher one.  [default: error, or the configuration's]",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Only these rules: codes, their beginnings or names, with commas between. Can be given several times.",
)
@click.option("--ignore", multiple=True, metavar="CODES", help="All rules but these; written as for --select.")
@roots_option
@config_option
@color_option
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, without the source.")
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out: all places, all reasons, all evidence.")
def scan(
    path: Path,
    form: str,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    roots: tuple[str, ...],
    config: Path | None,
    color: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Hold the code against the migrations, and say where they part.

    PATH is the folder of the project, this one when it is not given. fromcheck finds each supabase/ folder in it and
    the code that belongs to it; files that git ignores are left out.
    """
    from analyzer.cli.selection import chosen_codes
    from analyzer.engine import Options, Session

    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose do not go together.")
    selected, ignored = chosen_codes(select, ignore)
    session = Session.open(path, Options(roots, config, selected, ignored, fail_on))
    report = session.scan()
    write(_render(form)(report, style(color, verbose=verbose, quiet=quiet)))
    return _verdict((entry.severity for entry in report.entries), fail_on or session.config.fail_on)


COMMAND = scan
