"""The audit as JSON, version 1: every place, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from analyzer import __version__
from analyzer.audit.format import Format
from analyzer.document import as_json, finding_document, problem_document, summary_document
from analyzer.model.audit import Audit
from analyzer.model.finding import Severity
from analyzer.model.record import Record


def render(audit: Audit) -> Iterator[str]:
    """The document; ``findings`` are as in a scan's, and issues name them by fingerprint."""
    yield as_json(
        {
            "version": 1,
            "tool": {"name": "fromcheck", "version": __version__},
            "root": audit.report.root,
            "worst": audit.worst.label if audit.worst is not None else None,
            "status": list(audit.status),
            "summary": summary_document(audit.report),
            "projects": [_plain(each) for each in audit.projects],
            "remarks": [_plain(each) for each in audit.remarks],
            "findings": [finding_document(entry) for entry in audit.report.entries],
            "problems": [problem_document(each) for each in audit.report.troubles],
        }
    )


def _plain(value: object) -> Any:
    """The plain data that an audit is made of, by the names of its parts."""
    if isinstance(value, Severity):
        return value.label
    if isinstance(value, Record):
        return {name: _plain(part) for name, part in structs.asdict(value).items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


FORMAT = Format("json", render)
