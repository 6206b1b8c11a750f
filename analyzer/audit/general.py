"""Issues about all else: one for each rule, with every object that it finds wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.audit.view import View
from analyzer.model.audit import Evidence, Issue, Option, Patch, Spot
from analyzer.model.report import Entry, Region
from analyzer.reporter import counted
from analyzer.rule import Rule

# The rules about statements that the database refuses.
_REFUSED = ("FC203", "FC205", "FC207")


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
            impact=(*_stop(view, found), *_impact(pages[code], found)),
            options=tuple(_options(found)),
            patches=tuple(each for each in patches if set(each.subjects) & set(subjects)),
            findings=tuple(entry.fingerprint for entry in found),
            weight=sum(entry.predicts is not None for entry in found),
            stops=_stops(view, found),
        )


def _title(rule: Rule, found: Sequence[Entry]) -> str:
    """What the rule finds, with the object, or how many there are."""
    subjects = list(dict.fromkeys(entry.subject for entry in found))
    what = f"`{subjects[0]}`" if len(subjects) == 1 else counted(len(found), "finding")
    return f"{rule.summary[:1].upper()}{rule.summary[1:]}: {what}"


def _why(rule: Rule) -> str:
    """What the rule's page says first, and why it matters: a sentence of its second paragraph."""
    first, _, rest = rule.page.partition("\n## ")[0].partition("\n\n")
    sentences = re.split(r"(?<=[.:])\s+(?=[A-Z])", " ".join(rest.partition("\n\n")[0].split()))
    return " ".join((*first.split(), *sentences[:2]))


def _evidence(found: Sequence[Entry]) -> Iterator[Evidence]:
    """The findings by what they say, each with its places, and its advice where that is not what most are told."""
    common = _common(found)
    by_message: dict[tuple[str, str], list[Spot]] = {}
    for entry in found:
        at = Spot(entry.region.path, entry.region.start.line)
        notes = [Spot(note.region.path, note.region.start.line, note.message) for note in entry.notes]
        advice = " ".join((*([] if entry.help == common else [entry.help]), *_meant(entry)))
        by_message.setdefault((entry.message, advice), []).extend((at, *notes))
    for (message, advice), spots in by_message.items():
        yield Evidence(message[:1].upper() + message[1:], tuple(dict.fromkeys(spots)), advice)


def _common(found: Sequence[Entry]) -> str:
    """The advice that most of the findings give; empty when there is none."""
    ((help_, count),) = Counter(entry.help for entry in found).most_common(1)
    return help_ if 2 * count > len(found) else ""


def _meant(entry: Entry) -> Iterator[str]:
    for each in entry.suggestions:
        if each.kind == "did-you-mean":
            yield f"Perhaps `{each.name}` was meant ({', '.join(each.evidence)})."


def _stop(view: View, found: Sequence[Entry]) -> Iterator[str]:
    first = view.project.replay.first_failure
    if first is not None and _stops(view, found):
        spot = view.spot(first.at)
        yield (
            f"The database cannot be built: `supabase db reset` stops at `{spot.path}:{spot.line}` with"
            f" `{first.sqlstate}` ({first.message})."
        )


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
    """The advice that most findings share; what else there is to do stands with the evidence."""
    common = _common(found)
    if common:
        yield Option(common, recommended=True)
    if any(entry.help not in ("", common) for entry in found):
        yield Option(f"{'The others have their' if common else 'Each has its'} own way, above", recommended=True)


def _stops(view: View, found: Sequence[Entry]) -> bool:
    first = view.project.replay.first_failure
    return first is not None and any(
        _within(entry.region, view.region(first.place)) for entry in found if entry.code in _REFUSED
    )


def _within(region: Region, statement: Region) -> bool:
    return region.path == statement.path and statement.start <= region.start <= statement.end
