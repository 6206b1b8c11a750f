"""``fromcheck compat``: which calls break while a change goes live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzer.cli.options import cache_option, color_option, config_option, format_option, path_argument, roots_option
from analyzer.cli.terminal import patience, style, write
from analyzer.cli.verdict import verdict
from analyzer.model.record import Record
from analyzer.reporter import Style, counted, understood, visible

if TYPE_CHECKING:
    from analyzer.engine.compat import Compatibility
    from analyzer.model.report import Report

BOLD, GREEN = 1, 32

EXAMPLES = """\b
Examples:
  fromcheck compat                      against the remote's default branch
  fromcheck compat --base origin/main
  fromcheck compat --base v1.4.0        against a release
  fromcheck compat --first code         the code goes live before the migrations
"""


@click.command(epilog=EXAMPLES, short_help="List the calls that break while a change goes live.")
@path_argument
@click.option(
    "--base",
    metavar="REF",
    help="What runs now: a branch, tag or commit. [default: the default branch of origin]",
)
@click.option(
    "--first",
    type=click.Choice(["schema", "code", "any"]),
    default="schema",
    show_default=True,
    help="What goes live first, and so which calls count for the exit code; any: both.",
)
@format_option("text", "json")
@roots_option
@config_option
@cache_option
@color_option
@click.option("-v", "--verbose", is_flag=True, help="Leave nothing out: all places, all evidence.")
def compat(
    path: Path,
    base: str | None,
    first: str,
    form: str,
    roots: tuple[str, ...],
    config: Path | None,
    cache: Path | None,
    color: str,
    verbose: bool,
) -> int:
    """List the calls that break while a change goes live.

    Migrations and code never go live in the same instant. What is in PATH is held against the commit that runs now, both
    ways: the code of that commit on the new schema, and the new code on the schema of that commit. Calls that fail there
    already are left out. The new schema is that of the base with the changes made since, as merging would make it.
    """
    from analyzer.discover.commit import commit_tree
    from analyzer.discover.revisions import default_base, fork_of
    from analyzer.engine import Options, Session
    from analyzer.engine.compat import compare

    revision = base or default_base(path)
    session = Session.open(path, Options(roots=roots, config=config, cache=cache, no_baseline=True))
    theirs = commit_tree(path, revision)
    fork = fork_of(path, theirs)
    with patience(f"fromcheck: reading {visible(str(path))} and {visible(revision)}", lambda: session.progress):
        found = compare(session, theirs, fork)
    outcome = Outcome(revision, theirs.commit or "", found)
    write([_json(outcome)] if form == "json" else _text(outcome, style(color, verbose=verbose)))
    return max(verdict(each, session.config.fail_on) for each in _judged(found, first))


class Outcome(Record, frozen=True):
    """What is printed: the base as it was given, the full name of its commit, and what fails on either side."""

    base: str
    commit: str
    found: Compatibility


def _judged(found: Compatibility, first: str) -> tuple[Report, ...]:
    """The reports that count: what fails for good, and what fails until the second half is live."""
    between = {"schema": (found.deployed,), "code": (found.ahead,), "any": (found.deployed, found.ahead)}[first]
    return (found.own, *between)


def _text(outcome: Outcome, look: Style) -> Iterator[str]:
    base = f"{visible(outcome.base)} ({outcome.commit[:10]})"
    found = outcome.found
    yield from _section(f"The code of {base} on the new schema", found.deployed, look)
    yield from _section(f"The new code on the schema of {base}", found.ahead, look)
    yield from _section("The new code on the new schema", found.own, look)
    yield _advice(found)
    yield understood(found.deployed.coverage)


def _section(title: str, report: Report, look: Style) -> Iterator[str]:
    from analyzer.reporters.text import blocks

    if not report.entries:
        yield f"{look.paint(title, BOLD)}: {look.paint('nothing breaks', GREEN)}."
    else:
        yield f"{look.paint(title, BOLD)}: breaks in {counted(len(report.entries), 'place')}."
        yield ""
        yield from blocks(report.entries, look)
    yield ""


def _advice(found: Compatibility) -> str:
    if found.own.entries:
        return "The change does not fit itself: mend what breaks on the new schema first."
    if found.deployed.entries and found.ahead.entries:
        return (
            "Neither half can go live first: add what is new in one migration, move the code over, and drop what is old in"
            " a later one."
        )
    if found.deployed.entries:
        return "Let the code go live before the migrations (`--first code` asks for that)."
    if found.ahead.entries:
        return "Let the migrations go live before the code."
    return "Code and migrations can go live in either order."


def _json(outcome: Outcome) -> str:
    from analyzer.document import as_json

    return as_json(
        {
            "version": 1,
            "base": {"revision": outcome.base, "commit": outcome.commit},
            "deployed": _document(outcome.found.deployed),
            "ahead": _document(outcome.found.ahead),
            "own": _document(outcome.found.own),
        }
    )


def _document(report: Report) -> dict[str, Any]:
    from analyzer.document import finding_document

    return {"findings": [finding_document(each) for each in report.entries]}


COMMAND = compat
