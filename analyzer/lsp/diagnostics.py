"""Findings as an editor shows them."""

from __future__ import annotations

import re
from collections.abc import Callable

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Position,
    Range,
)

from analyzer.lsp.lines import Lines
from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Report

SOURCE = "fromcheck"
_CONFIGURATION = re.compile(r"(?P<path>fromcheck[\w-]*\.(?:yaml|json))(?::(?P<line>\d+))?: (?P<what>.*)", re.DOTALL)
_UNNECESSARY = frozenset(("FC901",))
_SEVERITIES = {
    Severity.CRITICAL: DiagnosticSeverity.Error,
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}


def diagnostics(
    report: Report, lines_of: Callable[[str], Lines], uri_of: Callable[[str], str]
) -> dict[str, list[Diagnostic]]:
    """What is wrong, by path."""
    found: dict[str, list[Diagnostic]] = {}
    for entry in report.entries:
        found.setdefault(entry.region.path, []).append(_diagnostic(entry, lines_of, uri_of))
    return found


def misconfigured(error: str) -> dict[str, list[Diagnostic]]:
    """What is wrong with a file of ours, in the words of the error, by path; nothing for an error about no such file."""
    said = _CONFIGURATION.fullmatch(error)
    if said is None:
        return {}
    line = int(said["line"] or 1) - 1
    place = Range(Position(line, 0), Position(line + 1, 0))
    return {said["path"]: [Diagnostic(place, said["what"], severity=DiagnosticSeverity.Error, source=SOURCE)]}


def _diagnostic(entry: Entry, lines_of: Callable[[str], Lines], uri_of: Callable[[str], str]) -> Diagnostic:
    related = [
        DiagnosticRelatedInformation(
            Location(uri_of(note.region.path), lines_of(note.region.path).region(note.region)), note.message
        )
        for note in entry.notes
    ]
    return Diagnostic(
        range=lines_of(entry.region.path).region(entry.region),
        message=_message(entry),
        severity=_SEVERITIES[entry.severity],
        code=entry.code,
        code_description=CodeDescription(entry.url) if entry.url else None,
        source=SOURCE,
        tags=[DiagnosticTag.Unnecessary] if entry.code in _UNNECESSARY else None,
        related_information=related or None,
    )


def _message(entry: Entry) -> str:
    names = [f"`{each.name}`" for each in entry.suggestions if each.kind == "did-you-mean"]
    meant = f"\nDid you mean {' or '.join(names)}?" if names else ""
    return entry.message + meant + (f"\n{entry.help}" if entry.help else "")
