"""Markdown: for a comment on a pull request, or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Report
from analyzer.reporter import Reporter, Style, counted, older, understood, visible

_ACTIVE = re.compile(r"([\\*_{}\[\]<>#|~!&@])")


def render(report: Report, style: Style) -> Iterator[str]:
    """A heading, a table of the findings, and what was read; names from the repository can mark up nothing."""
    yield "## fromcheck"
    yield ""
    counts = ((severity, report.count(severity)) for severity in sorted(Severity, reverse=True))
    graded = ", ".join(f"{count} {severity.label}" for severity, count in counts if count)
    yield f"{counted(len(report.entries), 'finding')}{f': {graded}' if graded else ''}.{_plain(older(report))}"
    if report.entries:
        yield ""
        yield "| where | severity | rule | what |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, report.entries)
    if report.untold:
        yield ""
        yield f"{counted(len(report.untold), 'problem')}:"
        yield ""
        yield from (f"- {_code(each.path)}: {_text(each.message)}" for each in report.untold)
    yield ""
    yield understood(report.coverage)


def _row(entry: Entry) -> str:
    start = entry.region.start
    where = _code(f"{entry.region.path}:{start.line}")
    what = f"{_text(entry.message)}. {_text(entry.help)}".strip()
    return f"| {where} | {entry.severity.label} | {entry.code} {entry.name} | {what} |"


def _text(text: str) -> str:
    """Plain words, with what stands between backquotes as code."""
    pieces = visible(text).split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    return "".join(_code(piece) if at % 2 else _plain(piece) for at, piece in enumerate(pieces))


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", text).replace("`", "\\`")


def _code(text: str) -> str:
    """A code span; within a table, a bar ends the cell even there, and after a backslash no backslash keeps it."""
    shown = visible(text)
    if not shown or "\\|" in shown:
        return _plain(shown)
    shown = shown.replace("|", "\\|")
    fence = "`" * (max(map(len, re.findall(r"`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


REPORTER = Reporter("markdown", "a table in Markdown, for a pull request's comment or a job's summary", render)
