"""Findings under the file that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Report
from analyzer.reporter import Reporter, Style, counted, older, understood, visible

BOLD = 1
_CODES = {Severity.CRITICAL: (1, 31), Severity.ERROR: (31,), Severity.WARNING: (33,), Severity.INFO: (36,)}


def render(report: Report, style: Style) -> Iterator[str]:
    """A heading for each file, a line for each finding with its position first, and the count at the end."""
    for path, entries in groupby(report.entries, key=lambda entry: entry.region.path):
        yield style.paint(visible(path), BOLD)
        yield from _lines(list(entries), style)
        yield ""
    for trouble in report.untold:
        line = f":{trouble.line}" if trouble.line is not None else ""
        yield f"{visible(trouble.path)}{line}: problem: {visible(trouble.message)}"
    problems = f", {counted(len(report.untold), 'problem')}" if report.untold else ""
    yield f"{counted(len(report.entries), 'finding')}{problems}.{older(report)} {understood(report.coverage)}"


def _lines(entries: list[Entry], style: Style) -> Iterator[str]:
    places = [f"{entry.region.start.line}:{entry.region.start.column}" for entry in entries]
    width = max(map(len, places))
    for place, entry in zip(places, entries, strict=True):
        badge = style.paint(f"{entry.severity.label}[{entry.code}]", *_CODES[entry.severity])
        yield f"  {place.rjust(width)}  {badge} {visible(entry.message)}"


REPORTER = Reporter("grouped", "findings under the file that they are in", render)
