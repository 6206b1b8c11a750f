"""SARIF 2.1.0, as GitHub's code scanning takes it: rules with their pages, regions with ends, fingerprints, fixes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from analyzer import __version__
from analyzer.check import all_rules
from analyzer.document import as_json, summary_document
from analyzer.model.finding import Severity
from analyzer.model.report import Change, Entry, Note, Region, Remedy, Report, Trouble
from analyzer.reporter import Reporter, Style, visible
from analyzer.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.CRITICAL: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub sorts security findings by a number from 0 to 10; the rules on access (FC3) are the ones that are about security.
_SCORES = {Severity.CRITICAL: "9.0", Severity.ERROR: "7.5", Severity.WARNING: "5.0", Severity.INFO: "2.0"}
_ROOT = "SRCROOT"


def render(report: Report, style: Style) -> Iterator[str]:
    """One run, with every rule, so that what is not found any more is closed."""
    rules = all_rules()
    yield as_json(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": _driver(rules)},
                    "columnKind": "unicodeCodePoints",
                    "invocations": [
                        {
                            "executionSuccessful": not report.failed,
                            "toolExecutionNotifications": [_notification(each) for each in report.troubles],
                        }
                    ],
                    "properties": {"summary": _summary(report)},
                    "results": [*_results(report, rules, silenced=style.silenced)],
                }
            ],
        }
    )


def _results(report: Report, rules: tuple[Rule, ...], *, silenced: bool) -> Iterator[dict[str, Any]]:
    yield from (_result(entry, rules) for entry in report.entries)
    for each in report.silenced if silenced else ():
        why = {"kind": "inSource" if each.by == "comment" else "external", "justification": visible(each.reason)}
        yield {**_result(each.entry, rules), "suppressions": [why]}


def _summary(report: Report) -> dict[str, Any]:
    """The counts; without the seconds, so that two runs are alike."""
    return {key: value for key, value in summary_document(report).items() if key != "seconds"}


def _driver(rules: tuple[Rule, ...]) -> dict[str, Any]:
    return {"name": "fromcheck", "version": __version__, "semanticVersion": __version__, "rules": [*map(_rule, rules)]}


def _rule(rule: Rule) -> dict[str, Any]:
    security = rule.code.startswith("FC3")
    properties: dict[str, Any] = {
        "tags": ["supabase", "security" if security else "correctness"],
        "precision": "very-high" if rule.severity >= Severity.ERROR else "high",
        "problem.severity": "recommendation" if rule.severity is Severity.INFO else _LEVELS[rule.severity],
    }
    if security:
        properties["security-severity"] = _SCORES[rule.severity]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.page.split("\n\n", 1)[0].replace("\n", " ")},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _result(entry: Entry, rules: tuple[Rule, ...]) -> dict[str, Any]:
    codes = [rule.code for rule in rules]
    result: dict[str, Any] = {
        "ruleId": entry.code,
        "level": _LEVELS[entry.severity],
        "message": {"text": f"{entry.message}. {entry.help}".strip()},
        "locations": [{"physicalLocation": _place(entry.region)}],
        "partialFingerprints": {"fromcheck/v1": entry.fingerprint},
        "properties": {"severity": entry.severity.label, "confidence": entry.confidence, "subject": entry.subject},
    }
    if entry.code in codes:
        result["ruleIndex"] = codes.index(entry.code)
    if entry.predicts is not None:
        result["properties"]["predicts"] = entry.predicts.code
    if entry.notes:
        result["relatedLocations"] = [_related(number, note) for number, note in enumerate(entry.notes)]
    if entry.remedy is not None:
        result["fixes"] = [_fix(entry.remedy)]
    return result


def _related(number: int, note: Note) -> dict[str, Any]:
    return {"id": number, "physicalLocation": _place(note.region), "message": {"text": note.message}}


def _fix(remedy: Remedy) -> dict[str, Any]:
    by_path: dict[str, list[Change]] = {}
    for change in remedy.changes:
        by_path.setdefault(change.region.path, []).append(change)
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [
                {"deletedRegion": _region(change.region), "insertedContent": {"text": change.text}}
                for change in changes
            ],
        }
        for path, changes in by_path.items()
    ]
    return {"description": {"text": remedy.title}, "artifactChanges": changes}


def _place(region: Region) -> dict[str, Any]:
    return {"artifactLocation": _artifact(region.path), "region": _region(region)}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _region(region: Region) -> dict[str, int]:
    start, end = region.start, region.end
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _notification(trouble: Trouble) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(trouble.path)}
    if trouble.line is not None:
        place["region"] = {"startLine": trouble.line}
    level = "error" if trouble.internal else "warning"
    return {"level": level, "message": {"text": trouble.message}, "locations": [{"physicalLocation": place}]}


REPORTER = Reporter("sarif", "SARIF 2.1.0, for GitHub's code scanning and other services", render)
