"""A line of JSON for each finding, then for each problem, then one with the counts: for pipes and logs."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.document import as_json_line, finding_document, problem_document, summary_document
from analyzer.model.report import Report
from analyzer.reporter import Reporter, Style


def render(report: Report, style: Style) -> Iterator[str]:
    """Each line says its ``kind``: ``finding``, ``problem`` or ``summary``; its other keys are those of ``json``."""
    for entry in report.entries:
        yield as_json_line({"kind": "finding", **finding_document(entry)})
    for trouble in report.troubles:
        yield as_json_line({"kind": "problem", **problem_document(trouble)})
    yield as_json_line({"kind": "summary", **summary_document(report)})


REPORTER = Reporter("json-lines", "one line of JSON for each finding, and one for the counts", render)
