"""Workflow commands of GitHub Actions: each finding is shown at its line in the pull request."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Report
from analyzer.reporter import Reporter, Style, counted, older, understood, visible

_LEVELS = {Severity.CRITICAL: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, style: Style) -> Iterator[str]:
    """``::error file=…,line=…::message``; nothing from the repository can end a value or start a command of its own."""
    yield from map(_command, report.entries)
    for trouble in report.untold:
        line = f",line={trouble.line}" if trouble.line is not None else ""
        yield f"::warning file={_property(trouble.path)}{line},title=problem::{_data(trouble.message)}"
    said = f"{counted(len(report.entries), 'finding')}.{older(report)} {understood(report.coverage)}"
    yield f"::notice title=fromcheck::{_data(said)}"


def _command(entry: Entry) -> str:
    start, end = entry.region.start, entry.region.end
    place = f"file={_property(entry.region.path)},line={start.line},endLine={end.line}"
    if start.line == end.line:
        # GitHub refuses columns for a range over several lines.
        place += f",col={start.column},endColumn={end.column}"
    title = _property(f"{entry.code} {entry.name}")
    text = f"{entry.message}. {entry.help}".strip()
    return f"::{_LEVELS[entry.severity]} {place},title={title}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", "workflow commands of GitHub Actions: notes at the lines of a pull request", render)
