"""Issues about all else: one for each rule, with every object that it finds wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.audit.view import View
from analyzer.model.audit import Evidence, Issue, Option, Patch, Spot
from analyzer.model.report import Entry
from analyzer.reporter import counted
from analyzer.rule import Rule

_MOST_ADVICE = 5


def general_issues(
    view: View, entries: Iterable[Entry], pages: Mapping[str, Rule], patches: Sequence[Patch]
) -> Iterator[Issue]:
    """An issue for each rule that finds something, in the order of the codes."""
    by_code: dict[str, list[Entry]] = {}
    for entry in entries:
        by_code.setdefault(entry.code, []).append(entry)
    for code, found in sorted(by_code.items()):
        subjects = tuple(dict.fromkeys(entry.subject for entry in found))
        yield Issue(
            title=_title(pages[code], found),
            severity=max(entry.severity for entry in found),
            codes=(code,),
            subjects=subjects,
            problem=_why(pages[code]),
            evidence=tuple(_evidence(found)),
            impact=tuple(_impact(pages[code], found)),
            options=tuple(_options(found)),
            patches=tuple(each for each in patches if set(each.subjects) & set(subjects)),
            findings=tuple(entry.fingerprint for entry in found),
        )


def _title(rule: Rule, found: Sequence[Entry]) -> str:
    """What the rule finds, with the object, or how many there are."""
    subjects = list(dict.fromkeys(entry.subject for entry in found))
    what = f"`{subjects[0]}`" if len(subjects) == 1 else counted(len(subjects), "object")
    return f"{rule.summary[:1].upper()}{rule.summary[1:]}: {what}"


def _why(rule: Rule) -> str:
    """The first two paragraphs of the rule's page: what it is, and why it matters."""
    paragraphs = rule.page.partition("\n## ")[0].split("\n\n")
    return " ".join(" ".join(paragraphs[:2]).split())


def _evidence(found: Sequence[Entry]) -> Iterator[Evidence]:
    """The findings by what they say, each with its places."""
    by_message: dict[str, list[Spot]] = {}
    for entry in found:
        at = Spot(entry.region.path, entry.region.start.line)
        notes = [Spot(note.region.path, note.region.start.line, note.message) for note in entry.notes]
        by_message.setdefault(entry.message, []).extend((at, *notes))
    for message, spots in by_message.items():
        yield Evidence(message[:1].upper() + message[1:], tuple(dict.fromkeys(spots)))


def _impact(rule: Rule, found: Sequence[Entry]) -> Iterator[str]:
    answer = re.search(r"^## What the database answers\n+(.+?)(?=\n## |\Z)", rule.page, re.MULTILINE | re.DOTALL)
    runtime = [entry for entry in found if entry.predicts and entry.predicts.when == "runtime"]
    failing = [entry for entry in found if entry.predicts and entry.predicts.when == "migration"]
    for entries, what in ((runtime, "call"), (failing, "statement")):
        if entries:
            codes = ", ".join(sorted({entry.predicts.code for entry in entries if entry.predicts}))
            yield f"{counted(len(entries), f'{what} fails', f'{what}s fail')} with {codes}."
    if answer and (runtime or failing):
        yield f"The database answers, for example: {' '.join(answer[1].split())}"


def _options(found: Sequence[Entry]) -> Iterator[Option]:
    """Every advice that the findings give, each once; what was perhaps meant goes with it."""
    ways: dict[str, list[str]] = {}
    for entry in found:
        meant = [
            f"`{entry.subject}`: perhaps `{each.name}` was meant ({', '.join(each.evidence)})"
            for each in entry.suggestions
            if each.kind == "did-you-mean"
        ]
        ways.setdefault(entry.help, []).extend(meant)
    for number, (help_, reasons) in enumerate(ways.items()):
        if help_ and number < _MOST_ADVICE:
            yield Option(help_, reasons=tuple(dict.fromkeys(reasons)), recommended=True)
    if len(ways) > _MOST_ADVICE:
        yield Option(f"{len(ways) - _MOST_ADVICE} more of the kind: `fromcheck scan -v` lists each with its place")
