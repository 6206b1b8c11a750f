"""``fromcheck scan``: everything that is wrong."""

from __future__ import annotations

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
from analyzer.model.finding import Severity
from analyzer.model.report import Report

EXAMPLES = """\b
Examples:
  fromcheck scan                         the project in this folder
  fromcheck scan apps/web                another folder
  fromcheck scan --select FC1            only what the code asks for
  fromcheck scan --ignore FC301,FC5      all but these
  fromcheck scan --fail-on critical      exit with 1 only for the worst
  fromcheck scan --format json > report.json
"""


@click.command(epilog=EXAMPLES, short_help="Find where code and migrations part.")
@path_argument
@format_option(*reporter_names())
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "error", "warning", "info", "never"]),
    help="Exit with 1 for findings of this severity or a higher one (the configuration decides; at first: error).",
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
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose do not go together.")
    from analyzer.cli.selection import chosen_codes

    selected, ignored = chosen_codes(select, ignore)
    from analyzer.engine import Options, Session
    from analyzer.registry import find_constants

    session = Session.open(path, Options(roots, config, selected, ignored, fail_on))
    report = session.scan()
    reporter = next(each for each in find_constants("analyzer.reporters", "REPORTER") if each.name == form)
    write(reporter.render(report, style(color, verbose=verbose, quiet=quiet)))
    return _verdict(report, fail_on or session.config.fail_on)


def _verdict(report: Report, fail_on: str) -> int:
    worst = report.worst()
    return int(fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()])


COMMAND = scan
