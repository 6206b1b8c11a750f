"""GitLab's code quality report: findings in the merge request."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from analyzer.document import as_json_list
from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Report, Trouble
from analyzer.reporter import Reporter, Style

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def render(report: Report, style: Style) -> Iterator[str]:
    """A JSON list of issues, each with a fingerprint that stays when lines move; what could not be read is one, too."""
    yield as_json_list([*map(_issue, report.entries), *map(_problem, report.untold)])


def _issue(entry: Entry) -> dict[str, object]:
    start, end = entry.region.start, entry.region.end
    return {
        "description": f"{entry.code} {entry.message}",
        "check_name": entry.code,
        "fingerprint": entry.fingerprint,
        "severity": _SEVERITIES[entry.severity],
        "location": {
            "path": entry.region.path,
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
            "lines": {"begin": start.line, "end": end.line},
        },
        "categories": ["Bug Risk"],
        "type": "issue",
    }


def _problem(trouble: Trouble) -> dict[str, object]:
    name = "\0".join((trouble.path, trouble.message)).encode("utf-8", "surrogateescape")
    return {
        "description": trouble.message,
        "check_name": "problem",
        "fingerprint": blake2b(name, digest_size=16).hexdigest(),
        "severity": "critical" if trouble.internal else "minor",
        "location": {"path": trouble.path, "lines": {"begin": trouble.line or 1}},
        "categories": ["Bug Risk"],
        "type": "issue",
    }


REPORTER = Reporter("gitlab", "GitLab's code quality report", render, counts=False)
