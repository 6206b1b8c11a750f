"""Issues about all else: one for each rule, with every object that it finds wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.audit.view import View
from analyzer.model.audit import Evidence, Issue, Option, Patch, Spot
from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Region
from analyzer.reporter import counted
from analyzer.rule import Rule

# The rules about statements that the database refuses.
_NEARLY_ALL = 0.8
# So many objects of which one thing is said are listed beneath it.
_MANY = 3
_FAILING = re.compile(r"(.*), so this (\w+) fails")
_NAMING = ("FC1", "FC3", "FC4")
_REFUSED = ("FC203", "FC205", "FC207")
# The rule of which each finding is a whole file that is refused.
_OF_FILES = "FC205"


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
            patches=tuple(each for each in patches if each.code == code and set(each.subjects) & set(subjects)),
            findings=tuple(entry.fingerprint for entry in found),
            weight=sum(entry.predicts is not None for entry in found),
            stops=_stops(view, found),
        )


def _title(rule: Rule, found: Sequence[Entry]) -> str:
    """What the rule finds, with the object, or how many there are."""
    subjects = list(dict.fromkeys(entry.subject for entry in found))
    named = len(subjects) == 1 and found[0].code.startswith(_NAMING)
    what = f"`{subjects[0]}`" if named else counted(len(found), "finding")
    return f"{rule.summary[:1].upper()}{rule.summary[1:]}: {what}"


def _why(rule: Rule) -> str:
    """What the rule's page says first, and why it matters: a sentence of its second paragraph."""
    first, _, rest = rule.page.partition("\n## ")[0].partition("\n\n")
    sentences = re.split(r"(?<=[.:])\s+(?=[A-Z])", " ".join(rest.partition("\n\n")[0].split()))
    return " ".join((*first.split(), *(each for each in sentences[:2] if not each.endswith(":"))))


def _evidence(found: Sequence[Entry]) -> Iterator[Evidence]:
    """The findings by what they say, each with its places, and its advice where that is not what most are told."""
    together = _together(found)
    if together is not None:
        yield together
        return
    common = _common(found)
    places: dict[tuple[str, str], list[Spot]] = {}
    notes: dict[tuple[str, str], list[Spot]] = {}
    for entry in found:
        says, what = _parted(entry.message)
        advice = " ".join((*([] if _template(entry) == common else [entry.help]), *_meant(entry)))
        places.setdefault((says, advice), []).append(Spot(entry.region.path, entry.region.start.line, what))
        more = (Spot(note.region.path, note.region.start.line, note.message) for note in entry.notes)
        notes.setdefault((says, advice), []).extend(more)
    for (says, advice), spots in places.items():
        yield Evidence(f"{says[:1].upper()}{says[1:]}", tuple(dict.fromkeys((*spots, *notes[says, advice]))), advice)


def _together(found: Sequence[Entry]) -> Evidence | None:
    """One thing that is said of many objects, with the place of each; None where the findings say several things."""
    told = {entry.message.replace(f"`{entry.subject}`", "`…`", 1) for entry in found}
    subjects = {entry.subject for entry in found}
    alike = len(told) == 1 and len(subjects) >= _MANY and not any(entry.notes or entry.suggestions for entry in found)
    says = told.pop()
    if not alike or "`…`" not in says:
        return None
    each = says.removeprefix("`…`")
    title = f"Each of these{each}" if each != says else f"{says[:1].upper()}{says[1:]}"
    spots = (Spot(entry.region.path, entry.region.start.line, f"`{entry.subject}`") for entry in found)
    return Evidence(title, tuple(dict.fromkeys(spots)))


def _parted(message: str) -> tuple[str, str]:
    """What is wrong, and the operation that fails: `` `a` has no column `b` ``, ``select``."""
    match = _FAILING.fullmatch(message)
    return (match[1], match[2]) if match else (message, "")


def _template(entry: Entry) -> str:
    """The advice without the name of what it is about, so that it is the same for all."""
    return entry.help.replace(entry.subject, "…") if entry.subject.count(".") == 1 else entry.help


def _common(found: Sequence[Entry]) -> str:
    """The advice that nearly all of the findings give; empty when there is none."""
    ((help_, count),) = Counter(map(_template, found)).most_common(1)
    return help_ if count >= _NEARLY_ALL * len(found) else ""


def _meant(entry: Entry) -> Iterator[str]:
    """What may have been meant, and the change that the finding brings with it."""
    if entry.remedy is not None:
        yield f"{entry.remedy.title}."
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
    said = " ".join(answer[1].split()) if answer else ""
    refused = "file" if rule.code == _OF_FILES else "statement"
    for when, what in (("runtime", "call"), ("migration", refused)):
        codes = [entry.predicts.code for entry in found if entry.predicts and entry.predicts.when == when]
        if codes:
            fails = (
                ("fails", "fail") if max(entry.severity for entry in found) > Severity.WARNING else ("may fail",) * 2
            )
            yield f"{counted(len(codes), f'{what} {fails[0]}', f'{what}s {fails[1]}')} with {', '.join(sorted(set(codes)))}."
            if any(code in said for code in codes):
                yield f"Such an answer of the database, from another project: {said}"


def _options(found: Sequence[Entry]) -> Iterator[Option]:
    """The advice that most findings share; what else there is to do stands with the evidence."""
    common = _common(found)
    if common:
        several = len({entry.subject for entry in found}) > 1 and "…" not in common and not common.startswith("Nothing")
        advice = found[0].help if len(found) == 1 else common
        yield Option(f"For each: {advice[:1].lower()}{advice[1:]}" if several else advice, recommended=True)
    if any(_template(entry) not in ("", common) for entry in found):
        yield Option(
            f"{'The others have their' if common else 'Each has its'} own way, told with the evidence", recommended=True
        )


def _stops(view: View, found: Sequence[Entry]) -> bool:
    first = view.project.replay.first_failure
    return first is not None and any(
        _within(entry.region, view.region(first.place)) for entry in found if entry.code in _REFUSED
    )


def _within(region: Region, statement: Region) -> bool:
    return region.path == statement.path and statement.start <= region.start <= statement.end
