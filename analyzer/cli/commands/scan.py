"""``fromcheck scan``: everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from analyzer.cli.failure import complain
from analyzer.cli.options import (
    Output,
    baseline_option,
    cache_option,
    color_option,
    config_option,
    jobs_option,
    outputs_option,
    path_argument,
    reporter_names,
    roots_option,
)
from analyzer.cli.terminal import patience, read_stdin, style, write, write_file
from analyzer.cli.verdict import verdict
from analyzer.reporter import Style, older, visible

if TYPE_CHECKING:
    from analyzer.engine import Options, Session
    from analyzer.model.report import Report

EXAMPLES = """\b
Examples:
  fromcheck scan                         the project in this folder
  fromcheck scan apps/web                another folder
  fromcheck scan --select FC1            only what the code asks for
  fromcheck scan --ignore FC301,FC5      all but these
  fromcheck scan --since origin/main     only what is new on this branch
  fromcheck scan --staged                only what the next commit would bring
  fromcheck scan --after 20260101120000  only what the migrations after that one bring
  fromcheck scan --fail-on critical      exit with 1 only for the worst
  fromcheck scan --format json -o report.json
  fromcheck scan --format text --format sarif:out.sarif
  fromcheck scan --stdin-filename app/page.tsx --format json < unsaved.tsx
"""


@click.command(epilog=EXAMPLES, short_help="Find where code and migrations part.")
@path_argument
@outputs_option(*reporter_names())
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what would go to stdout into this file instead.",
)
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
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the text of FILE from stdin, judge it within the project, and report only what is in it.",
)
@click.option(
    "--since", metavar="REF", help="Report only what is new since this branch left REF, a branch, tag or commit."
)
@click.option("--staged", is_flag=True, help="Judge what is staged, and report only what is new since the last commit.")
@click.option(
    "--after",
    metavar="VERSION",
    help="Report only what the migrations after this one bring, in the code, too: give the last that is deployed.",
)
@roots_option
@config_option
@baseline_option
@click.option("--no-baseline", is_flag=True, help="Report what the baseline accepts, too.")
@jobs_option
@cache_option
@color_option
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, without the source.")
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out: all places, all reasons, all evidence.")
@click.option("--show-suppressed", is_flag=True, help="List what is suppressed or in the baseline, too.")
def scan(
    path: Path,
    outputs: tuple[Output, ...],
    output: Path | None,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: Path | None,
    since: str | None,
    staged: bool,
    after: str | None,
    roots: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    no_baseline: bool,
    jobs: int | None,
    cache: Path | None,
    color: str,
    quiet: bool,
    verbose: bool,
    show_suppressed: bool,
) -> int:
    """Hold the code against the migrations, and say where they part.

    PATH is the folder of the project, this one when it is not given. fromcheck finds each supabase/ folder in it and
    the code that belongs to it; files that git ignores, and folders whose name
    begins with a dot, are left out.
    """
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose do not go together.")
    if baseline and no_baseline:
        raise click.UsageError("--baseline and --no-baseline do not go together.")
    asked = _asked(stdin_filename=stdin_filename, since=since, staged=staged, after=after)
    targets = _targets(outputs, output)
    selected, ignored = _chosen(select, ignore)
    from analyzer.engine import Options

    options = Options(roots, config, selected, ignored, fail_on, baseline, no_baseline, cache, jobs)
    session, judge = asked(path, options)
    with patience(f"fromcheck: reading {visible(str(path))}", lambda: session.progress):
        report = judge()
    look = style(color, verbose=verbose, quiet=quiet, silenced=show_suppressed)
    for target in targets:
        _print(report, target, look)
    return verdict(report, fail_on or session.config.fail_on)


def _asked(
    *, stdin_filename: Path | None, since: str | None, staged: bool, after: str | None
) -> Callable[[Path, Options], tuple[Session, Callable[[], Report]]]:
    """What is to be reported of a folder: everything, or what one of the options says."""
    given = {"--stdin-filename": stdin_filename, "--since": since, "--staged": staged or None, "--after": after}
    names = [name for name, value in given.items() if value is not None]
    if len(names) > 1:
        raise click.UsageError(f"{names[0]} and {names[1]} do not go together.")
    if stdin_filename is not None:
        return partial(_unsaved, file=stdin_filename)
    if names:
        from analyzer.engine import since as engine

        if since is not None:
            return partial(engine.since_revision, revision=since)
        return engine.since_head if after is None else partial(engine.after_version, version=after)
    return _all


def _all(path: Path, options: Options) -> tuple[Session, Callable[[], Report]]:
    from analyzer.engine import Session

    session = Session.open(path, options)
    return session, session.scan


def _unsaved(path: Path, options: Options, file: Path) -> tuple[Session, Callable[[], Report]]:
    """What is wrong in the text on stdin; nothing, and a word on stderr, for a file that no scan looks at."""
    from analyzer.engine.unsaved import Unsaved
    from analyzer.model.errors import NotScanned
    from analyzer.model.report import Coverage, Report

    unsaved = Unsaved(path, options, file, read_stdin())

    def judge() -> Report:
        try:
            return unsaved.scan()
        except NotScanned as error:
            complain(str(error))
            return Report(str(path), (), (), Coverage())

    return unsaved.session, judge


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What ``--select`` and ``--ignore`` mean; the rules are imported only to tell that."""
    if not (select or ignore):
        return (), ()
    from analyzer.cli.selection import chosen_codes

    return chosen_codes(select, ignore)


def _targets(outputs: tuple[Output, ...], output: Path | None) -> tuple[Output, ...]:
    """Every format with where it goes; one at most may go to stdout, and ``--output`` stands for that."""
    plain = [each for each in outputs if each.file is None]
    if len(plain) > 1:
        raise click.UsageError("Only one format can go to stdout: write the others as --format NAME:FILE.")
    if output is not None and not plain:
        raise click.UsageError("--output has nothing to take: every --format names its own file.")
    return tuple(Output(each.form, each.file or output) for each in outputs)


def _print(report: Report, target: Output, look: Style) -> None:
    from analyzer.registry import find_spoken

    reporter = find_spoken("analyzer.reporters", target.form, "REPORTER")
    if report.older and not reporter.counts:
        complain(older(report).strip())
    if target.file is None:
        write(reporter.render(report, look))
        return
    try:
        # A file has no colour, and no edge to cut lines at.
        write_file(target.file, reporter.render(report, replace(look, color=False)))
    except OSError as error:
        raise click.UsageError(f"cannot write {target.file}: {error.strerror or error}.") from error


COMMAND = scan
