"""``fromcheck baseline``: put aside what is there today, and report only what is new."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.failure import INTERNAL, complain
from analyzer.cli.options import (
    baseline_option,
    cache_option,
    color_option,
    config_option,
    format_option,
    jobs_option,
    path_argument,
)
from analyzer.cli.terminal import style, write, write_file
from analyzer.reporter import Style, counted, visible

if TYPE_CHECKING:
    from analyzer.model.report import Accepted, Report

EXAMPLES = """\b
Examples:
  fromcheck baseline write   accept all that is found today
  fromcheck scan             from now on, only what is new
  fromcheck baseline show    what is accepted, and what of it is gone
"""

BOLD, YELLOW = 1, 33


@click.group(epilog=EXAMPLES, short_help="Accept today's findings, and report only new ones.")
def baseline() -> None:
    """Accept the findings that are there today, and report only new ones.

    The baseline is a file that belongs into the repository. A finding in it is known by what it is about, not by its
    line; one more of the same kind is new, and is reported.
    """


@baseline.command("write", short_help="Accept all that is found.")
@path_argument
@baseline_option
@config_option
@jobs_option
@cache_option
def write_command(path: Path, baseline: Path | None, config: Path | None, jobs: int | None, cache: Path | None) -> int:
    """Write the baseline: every finding of today is accepted, and what is gone is taken out."""
    from analyzer.baseline import FILE_NAME, find_baseline, render_baseline
    from analyzer.config.file import inside
    from analyzer.engine import Options, Session
    from analyzer.model.errors import ConfigError

    report = Session.open(path, Options(config=config, no_baseline=True, cache=cache, jobs=jobs)).scan()
    if report.failed:  # What is missing from the report would be reported as new, or be lost.
        for each in (each for each in report.troubles if each.internal):
            complain(f"{each.path}: {each.message}; no baseline is written")
        return INTERNAL
    file = baseline or path / FILE_NAME
    try:
        before = find_baseline(path, baseline if baseline and baseline.exists() else None)
    except ConfigError:  # What cannot be read is written anew.
        before = None
    try:
        write_file(baseline or inside(file, path), [render_baseline(report.entries)])
    except OSError as error:
        raise click.UsageError(f"cannot write {file}: {error.strerror or error}.") from error
    old = {each.fingerprint for each in before.accepted} if before else set()
    new = {each.fingerprint for each in report.entries}
    write([f"{visible(str(file))}: {counted(len(new), 'finding')} ({len(new - old):,} new, {len(old - new):,} gone)."])
    return 0


@baseline.command("show", short_help="List what is accepted.")
@path_argument
@format_option("text", "json")
@baseline_option
@config_option
@jobs_option
@cache_option
@color_option
def show(
    path: Path, form: str, baseline: Path | None, config: Path | None, jobs: int | None, cache: Path | None, color: str
) -> None:
    """List what the baseline accepts, and which of it is stale: the finding is gone."""
    from analyzer.baseline import FILE_NAME
    from analyzer.document import accepted_document, as_json
    from analyzer.engine import Options, Session
    from analyzer.model.errors import ConfigError

    report = Session.open(path, Options(config=config, baseline=baseline, cache=cache, jobs=jobs)).scan()
    if report.baseline is None:
        raise ConfigError(f"there is no {FILE_NAME} in {path}: `fromcheck baseline write` makes one")
    listed = _accepted(report)
    if form == "json":
        findings = [{**accepted_document(each), "stale": stale} for each, stale in listed]
        write([as_json({"version": 1, "path": report.baseline, "findings": findings})])
    else:
        write(_listing(listed, style(color)))


def _accepted(report: Report) -> list[tuple[Accepted, bool]]:
    """What the baseline accepts, in its own order, and whether it is stale."""
    from analyzer.model.report import Accepted

    there = (each.entry for each in report.silenced if each.by == "baseline")
    live = [(Accepted(each.fingerprint, each.code, each.region.path, each.subject), False) for each in there]
    gone = [(each, True) for each in report.stale]
    return sorted(live + gone, key=lambda each: (each[0].path, each[0].code, each[0].subject, each[0].fingerprint))


def _listing(listed: list[tuple[Accepted, bool]], style: Style) -> Iterator[str]:
    for path, in_file in groupby(listed, key=lambda each: each[0].path):
        yield style.paint(visible(path), BOLD)
        for (code, subject, stale), alike in groupby(
            in_file, key=lambda each: (each[0].code, each[0].subject, each[1])
        ):
            times = len(list(alike))
            aside = style.paint("  stale: it is gone", YELLOW) if stale else ""
            yield f"  {code}  {visible(subject)}{f' × {times}' if times > 1 else ''}{aside}"
    stale = sum(stale for _, stale in listed)
    yield f"{counted(len(listed), 'accepted finding')}, {stale:,} stale."


COMMAND = baseline
