"""``fromcheck audit``: the report that one could hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.options import baseline_option, cache_option, config_option, path_argument, roots_option
from analyzer.cli.terminal import write, write_file
from analyzer.cli.verdict import verdict
from analyzer.registry import find_modules, find_spoken, spoken

if TYPE_CHECKING:
    from analyzer.audit.format import Format
    from analyzer.engine import Session
    from analyzer.model.audit import Patch

_PATCHES = 5

EXAMPLES = """\b
Examples:
  fromcheck audit                     the audit of this folder, as Markdown on stdout
  fromcheck audit -o audit.html       one page that works offline, with a graph of the tables
  fromcheck audit apps/web -o audit.md
  fromcheck audit --format json       for scripts
"""


def _formats() -> list[str]:
    """The names that ``--format`` takes, by the names of the modules, so that none has to be imported."""
    return [spoken(each) for each in find_modules("analyzer.audit.formats")]


@click.command(epilog=EXAMPLES, short_help="Write a report on code and database that one could hand over.")
@path_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write into this file instead of stdout; its name decides the format when --format is not given.",
)
@click.option("--format", "form", type=click.Choice(_formats()), help="What to write.  [default: markdown]")
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "error", "warning", "info", "never"]),
    help="Exit with 1 for findings of this severity or a higher one (the configuration decides; at first: error).",
)
@roots_option
@config_option
@baseline_option
@cache_option
@click.option("--no-baseline", is_flag=True, help="Report what the baseline accepts, too.")
def audit(
    path: Path,
    output: Path | None,
    form: str | None,
    fail_on: str | None,
    roots: tuple[str, ...],
    config: Path | None,
    baseline: Path | None,
    no_baseline: bool,
    cache: Path | None,
) -> int:
    """Write a report on where code and database part, with the evidence and what to do.

    What is missing comes first, each thing with everyone who needs it, what fails because of it, and the ways out; then
    a comparison of all tables, the foreign keys, row level security, steps to verify it, and what could not be known.
    """
    if baseline and no_baseline:
        raise click.UsageError("--baseline and --no-baseline do not go together.")
    from analyzer.audit.build import make_audit
    from analyzer.check import all_rules
    from analyzer.engine import Options, Session

    chosen: Format = find_spoken("analyzer.audit.formats", form or _told(output), "FORMAT")
    session = Session.open(
        path, Options(roots=roots, config=config, baseline=baseline, no_baseline=no_baseline, cache=cache, live=True)
    )
    report = session.scan()
    pieces = chosen.render(make_audit(report, session.projects, session.region, all_rules(), _patches(session)))
    if output is None:
        write(pieces)
    else:
        try:
            write_file(output, pieces)
        except OSError as error:
            raise click.UsageError(f"cannot write {output}: {error.strerror or error}.") from error
    return verdict(report, fail_on or session.config.fail_on)


def _patches(session: Session) -> tuple[Patch, ...]:
    """The migrations that ``fromcheck fix`` would write, the first few: each is tried by a scan of its own."""
    from analyzer.fix import proposals
    from analyzer.model.audit import Patch

    made = proposals(session.on, session.tree, select=("FC1", "FC2", "FC301"), most=_PATCHES).made
    return tuple(
        Patch(change.path, change.after.decode("utf-8", "replace"), proposal.subjects, proposal.why, code=proposal.code)
        for proposal in made
        for change in proposal.changes
        if change.before is None and change.after is not None
    )


def _told(output: Path | None) -> str:
    """The format that a file's name tells; Markdown where it tells none."""
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in _formats() else "markdown"


COMMAND = audit
