"""The public JSON of a scan, version 1, as plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from analyzer import __version__
from analyzer.model.finding import Severity
from analyzer.model.report import Accepted, Coverage, Entry, Note, Remedy, Report, Silenced, Trouble
from analyzer.model.span import Position

Document = dict[str, Any]
_NOT_PLAIN = re.compile(r"[^\n -~]")


def as_json(document: Mapping[str, Any]) -> str:
    """The document as indented JSON: what prints stays as it is, what does not is escaped, so it is safe on a terminal.

    A lone surrogate, a byte that was not UTF-8, becomes the six characters of its escape: strict readers refuse it.
    """
    return _NOT_PLAIN.sub(_escaped, json.dumps(document, ensure_ascii=False, indent=2))


def as_json_list(documents: list[Document]) -> str:
    """A list of documents, indented."""
    return _NOT_PLAIN.sub(_escaped, json.dumps(documents, ensure_ascii=False, indent=2))


def as_json_line(document: Mapping[str, Any]) -> str:
    """The same in one line."""
    return _NOT_PLAIN.sub(_escaped, json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if character.isprintable():
        return character
    escape = json.dumps(character)[1:-1]
    return "\\" + escape if "\ud800" <= character <= "\udfff" else escape


def scan_document(report: Report, *, silenced: bool = False) -> Document:
    """The whole of it; ``silenced`` adds what is suppressed or in the baseline."""
    document = {
        "version": 1,
        "tool": {"name": "fromcheck", "version": __version__},
        "root": report.root,
        "summary": summary_document(report),
        "findings": [finding_document(entry) for entry in report.entries],
        "problems": [problem_document(each) for each in report.troubles],
    }
    if report.baseline is not None:
        document["baseline"] = {"path": report.baseline, "stale": [accepted_document(each) for each in report.stale]}
    if silenced:
        document["suppressed"] = [_silenced(each) for each in report.silenced]
    return document


def accepted_document(accepted: Accepted) -> Document:
    """A finding that a baseline accepts."""
    return {
        "fingerprint": accepted.fingerprint,
        "code": accepted.code,
        "path": accepted.path,
        "subject": accepted.subject,
    }


def _silenced(silenced: Silenced) -> Document:
    return {**finding_document(silenced.entry), "by": silenced.by, "reason": silenced.reason}


def problem_document(trouble: Trouble) -> Document:
    """What could not be read."""
    return {"path": trouble.path, "line": trouble.line, "message": trouble.message, "internal": trouble.internal}


def summary_document(report: Report) -> Document:
    """The counts."""
    coverage = report.coverage
    return {
        "findings": len(report.entries),
        **{severity.label: report.count(severity) for severity in sorted(Severity, reverse=True)},
        "suppressed": report.suppressed,
        "baselined": report.baselined,
        **({"since": report.since, "older": report.older} if report.since is not None else {}),
        "files": {"code": coverage.code_files, "migrations": coverage.migrations, "bundles": coverage.bundles},
        "references": _references(coverage),
        "statements": _statements(coverage),
        "withheld": coverage.withheld,
        "withheld_subjects": [{"subject": subject, "count": count} for subject, count in coverage.withheld_subjects],
        "seconds": report.seconds,
    }


def _references(coverage: Coverage) -> Document:
    reasons = [{"reason": reason, "count": count} for reason, count in coverage.unresolved_reasons]
    return {"resolved": coverage.resolved, "unresolved": coverage.unresolved, "reasons": reasons}


def _statements(coverage: Coverage) -> Document:
    kinds = [{"kind": kind, "count": count} for kind, count in coverage.unread_kinds]
    return {"read": coverage.statements_read, "unread": coverage.statements_unread, "kinds": kinds}


def finding_document(entry: Entry) -> Document:
    """One finding."""
    predicts = entry.predicts
    return {
        "code": entry.code,
        "name": entry.name,
        "severity": entry.severity.label,
        "confidence": entry.confidence,
        "message": entry.message,
        "subject": entry.subject,
        "path": entry.region.path,
        "line": entry.region.start.line,
        "column": entry.region.start.column,
        "end_line": entry.region.end.line,
        "end_column": entry.region.end.column,
        "predicts": {"code": predicts.code, "when": predicts.when} if predicts else None,
        "related": [_related(note) for note in entry.notes],
        "suggestions": [
            {"kind": each.kind, "name": each.name, "score": each.score, "evidence": list(each.evidence)}
            for each in entry.suggestions
        ],
        "fix": _fix(entry.remedy) if entry.remedy else None,
        "url": entry.url,
        "fingerprint": entry.fingerprint,
        "help": entry.help,
    }


def _related(note: Note) -> Document:
    start, end = note.region.start, note.region.end
    return {
        "path": note.region.path,
        "line": start.line,
        "column": start.column,
        "message": note.message,
        "end_line": end.line,
        "end_column": end.column,
    }


def _fix(remedy: Remedy) -> Document:
    edits = [
        {
            "path": change.region.path,
            "start": _position(change.region.start),
            "end": _position(change.region.end),
            "text": change.text,
        }
        for change in remedy.changes
    ]
    return {"title": remedy.title, "safe": remedy.safe, "edits": edits}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
