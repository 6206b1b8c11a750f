"""The public JSON of a scan, version 1: for editors, CI and scripts."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.document import as_json, scan_document
from analyzer.model.report import Report
from analyzer.reporter import Reporter, Style


def render(report: Report, style: Style) -> Iterator[str]:
    """The one document."""
    yield as_json(scan_document(report, silenced=style.silenced))


REPORTER = Reporter("json", "the public JSON, version 1: for editors, CI and scripts", render)
