"""From findings to a report: positions, excerpts and fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from hashlib import blake2b

from msgspec.structs import replace

from analyzer.engine.positions import Positions
from analyzer.model.finding import Finding, Fix
from analyzer.model.report import Change, Entry, Note, Remedy, Report, Silenced, Trouble
from analyzer.model.source import Problem
from analyzer.model.span import Place, Span
from analyzer.model.verdict import Judged, Verdict


def make_report(root: str, verdict: Verdict, positions: Positions) -> Report:
    """The finished report."""
    entries = _entries(verdict.judged, positions)
    judged = tuple(zip(entries, verdict.judged, strict=True))
    shown = tuple(entry for entry, each in judged if each.silenced is None)
    silenced = tuple(Silenced(entry, *each.silenced) for entry, each in judged if each.silenced is not None)
    told = {(entry.region.path, entry.message) for entry in shown}
    problems = (_trouble(path, problem, told, positions) for path, problem in verdict.problems)
    troubles = tuple(sorted(_each_once(problems), key=_by_place))
    return Report(root, shown, troubles, verdict.coverage, suppressed=len(silenced), silenced=silenced)


def only_of(report: Report, path: str) -> Report:
    """What the report says of one file; what was looked at and understood stays that of the whole."""
    silenced = tuple(each for each in report.silenced if each.entry.region.path == path)
    return replace(
        report,
        entries=tuple(each for each in report.entries if each.region.path == path),
        troubles=tuple(each for each in report.troubles if each.path == path),
        silenced=silenced,
        suppressed=sum(each.by != "baseline" for each in silenced),
        baselined=sum(each.by == "baseline" for each in silenced),
        stale=tuple(each for each in report.stale if each.path == path),
    )


def _entries(judged: Iterable[Judged], positions: Positions) -> tuple[Entry, ...]:
    """Every finding, silenced or not: which of several alike is silenced must not change what the others are called."""
    seen: Counter[tuple[str, str, str]] = Counter()
    return tuple(_entry(each.finding, each.name, seen, positions) for each in judged)


def _each_once(troubles: Iterable[Trouble]) -> Iterable[Trouble]:
    return {each.said: each for each in troubles}.values()


def _by_place(trouble: Trouble) -> tuple[str, int, str]:
    return trouble.path, trouble.line or 0, trouble.message


def _entry(finding: Finding, name: str, seen: Counter[tuple[str, str, str]], positions: Positions) -> Entry:
    region = positions.region(finding.place)
    return Entry(
        code=finding.code,
        name=name,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        help=finding.help,
        subject=finding.subject,
        region=region,
        excerpt=positions.line(region.path, region.start.line),
        predicts=finding.predicts,
        notes=tuple(_note(related.place, related.message, positions) for related in finding.related),
        suggestions=finding.suggestions,
        remedy=_remedy(finding.fix, positions),
        url=None,
        fingerprint=_fingerprint(finding, seen),
    )


def _note(place: Place, message: str, positions: Positions) -> Note:
    region = positions.region(place)
    return Note(region, message, positions.line(region.path, region.start.line))


def _remedy(fix: Fix | None, positions: Positions) -> Remedy | None:
    if fix is None:
        return None
    changes = tuple(Change(positions.region(edit.place), edit.text) for edit in fix.edits)
    return Remedy(fix.title, fix.safe, changes)


def _fingerprint(finding: Finding, seen: Counter[tuple[str, str, str]]) -> str:
    """A name for the finding that stays when lines move: what it is about, where, and which of several alike it is."""
    key = (finding.code, finding.place.path, finding.subject)
    seen[key] += 1
    text = "\0".join((*key, str(seen[key])))
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _trouble(path: str, problem: Problem, told: Set[tuple[str, str]], positions: Positions) -> Trouble:
    line = None if problem.offset is None else positions.start(Place(path, Span(problem.offset, problem.offset))).line
    return Trouble(path, line, problem.message, (path, problem.message) in told, problem.internal, problem.unreadable)
