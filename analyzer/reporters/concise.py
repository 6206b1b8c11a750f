"""One line a finding, as compilers write them: for editors that read such lines, and for ``grep``."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.report import Report
from analyzer.reporter import Reporter, Style, visible


def render(report: Report, style: Style) -> Iterator[str]:
    """``path:line:column: severity[CODE] message`` for findings, ``path:line: problem: message`` for what was not read."""
    for entry in report.entries:
        start = entry.region.start
        where = f"{visible(entry.region.path)}:{start.line}:{start.column}"
        yield f"{where}: {entry.severity.label}[{entry.code}] {visible(entry.message)}"
    for trouble in report.untold:
        line = f":{trouble.line}" if trouble.line is not None else ""
        yield f"{visible(trouble.path)}{line}: problem: {visible(trouble.message)}"


REPORTER = Reporter("concise", "one line a finding, and nothing else", render, counts=False)
