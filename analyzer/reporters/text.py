"""Findings for people: where, what and why, the line itself, what explains it, what to do.

Findings that say the same of the same thing, such as twenty calls on one missing table, are told once, at the first
place; the others follow as ``also`` lines. At the end stands what was read, what of it was not understood, and what to try next.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from analyzer.model.finding import Severity, Suggestion
from analyzer.model.report import Coverage, Entry, Note, Region, Report, Trouble
from analyzer.reporter import Reporter, Style, counted, excerpt, visible

BOLD, RED, YELLOW, BLUE, CYAN = 1, 31, 33, 34, 36
SEVERITY_CODES = {
    Severity.CRITICAL: (BOLD, RED),
    Severity.ERROR: (RED,),
    Severity.WARNING: (YELLOW,),
    Severity.INFO: (CYAN,),
}
NOTES, ALSO_LINES = 3, 10
REASONS = 3

_HANGING = 4  # by how much a line that goes on is indented

# A line of a terminal holds no more than this; the JSON has all of it.
_EVIDENCE = 2


def render(report: Report, style: Style) -> Iterator[str]:
    """The findings in the report's order, then the problems, then what was read."""
    if style.quiet:
        yield from (_headline(entry, style) for entry in report.entries)
    else:
        yield from blocks(report.entries, style)
    if style.silenced:
        yield from _silenced(report, style)
    yield from (_problem(trouble, style) for trouble in report.untold)
    if report.untold and not style.quiet:
        yield ""
    yield _verdict(report, style)
    yield from _stale(report, style)
    if not style.quiet:
        yield from _coverage(report, style)
    if report.entries and not style.quiet:
        worst = max(report.entries, key=lambda entry: entry.severity)
        more = f"`fromcheck explain {visible(worst.code)}` says more about a rule, `fromcheck fix` proposes changes."
        yield style.fold(more, 0)


# --- findings ---------------------------------------------------------------------------------------------------------


def blocks(entries: Iterable[Entry], style: Style) -> Iterator[str]:
    """The findings, each story once, with an empty line after each."""
    for story in _told_once(entries):
        yield from _block(story, style)
        yield ""


def _told_once(entries: Iterable[Entry]) -> Iterable[Sequence[Entry]]:
    groups: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_story(entry), []).append(entry)
    return groups.values()


def _story(entry: Entry) -> Hashable:
    """All that a block tells but the place and the message; an ``also`` line can tell those."""
    told = (entry.help, entry.predicts, entry.confidence, entry.notes, entry.suggestions)
    return entry.code, entry.severity, entry.subject, told, _offer(entry)


def _block(told: Sequence[Entry], style: Style) -> Iterator[str]:
    entry = told[0]
    gutter = len(str(max(region.start.line for region in (entry.region, *(note.region for note in entry.notes)))))
    codes = SEVERITY_CODES[entry.severity]
    yield style.fold(_headline(entry, style), _HANGING)
    yield from _snippet(entry.region, entry.excerpt, gutter, codes, style)
    yield from _notes(entry.notes, gutter, style)
    for label, text in _remarks(entry, style):
        yield _remark(gutter, f"{style.paint(label, BOLD)} {visible(text)}", style)
    yield from (style.fold(f"{' ' * gutter} {each}", gutter + 1 + _HANGING) for each in _also(told, style))


def _headline(entry: Entry, style: Style) -> str:
    badge = style.paint(f"{entry.severity.label}[{visible(entry.code)}]", *SEVERITY_CODES[entry.severity])
    where = style.paint(_where(entry.region), BOLD)
    return f"{where}: {badge} {visible(entry.name)}: {visible(entry.message)}"


def _where(region: Region) -> str:
    return f"{visible(region.path)}:{region.start.line}:{region.start.column}"


def _snippet(region: Region, line: str, gutter: int, codes: tuple[int, ...], style: Style) -> Iterator[str]:
    if not line.strip():
        return
    room = max(style.width - gutter - len(" | "), 20)
    shown = excerpt(line, region, room)
    bar = style.paint("|", BLUE)
    yield f"{' ' * gutter} {bar}"
    yield f"{style.paint(str(region.start.line).rjust(gutter), BLUE)} {bar} {shown.line}"
    yield f"{' ' * gutter} {bar} {' ' * shown.indent}{style.paint('^' * shown.marked, *codes)}"


def _notes(notes: Sequence[Note], gutter: int, style: Style) -> Iterator[str]:
    in_full, in_brief = (len(notes), 0) if style.verbose else (NOTES, ALSO_LINES)
    for at, note in enumerate(notes[: in_full + in_brief]):
        yield _remark(gutter, f"{style.paint(_where(note.region), BOLD)}: {visible(note.message)}", style)
        if at < in_full:
            yield from _snippet(note.region, note.excerpt, gutter, (BLUE,), style)
    if len(notes) > in_full + in_brief:
        more = counted(len(notes) - in_full - in_brief, "more place")
        yield _remark(gutter, f"and {more} (-v lists them)", style)


def _remark(gutter: int, text: str, style: Style) -> str:
    return style.fold(f"{' ' * gutter} {style.paint('=', BLUE)} {text}", gutter + len(" = "))


def _remarks(entry: Entry, style: Style) -> Iterator[tuple[str, str]]:
    if entry.predicts is not None:
        yield "at run time:" if entry.predicts.when == "runtime" else "in the migration:", _answer(entry)
    if entry.confidence != "high":
        yield "confidence:", entry.confidence
    yield from (_suggestion(each, style) for each in entry.suggestions)
    if entry.help:
        yield "do:", entry.help
    offer = _offer(entry)
    if offer is not None:
        title, safe = offer
        yield ("fix:", title) if safe else ("fix (look at it first):", title)
    if entry.url is not None:
        yield "more:", entry.url
    if style.verbose:
        yield "fingerprint:", entry.fingerprint


def _answer(entry: Entry) -> str:
    return f"the database answers {entry.predicts.code}" if entry.predicts else ""


def _offer(entry: Entry) -> tuple[str, bool] | None:
    return (entry.remedy.title, entry.remedy.safe) if entry.remedy else None


def _suggestion(suggestion: Suggestion, style: Style) -> tuple[str, str]:
    label = "did you mean" if suggestion.kind == "did-you-mean" else "rename the file to"
    evidence = f" ({'; '.join(suggestion.evidence[:_EVIDENCE])})" if suggestion.evidence else ""
    score = f" [{suggestion.score:.2f}]" if style.verbose else ""
    return label, f"`{suggestion.name}`?{evidence}{score}"


def _also(told: Sequence[Entry], style: Style) -> Iterator[str]:
    first, *others = told
    shown = others if style.verbose else others[:ALSO_LINES]
    for entry in shown:
        message = "" if entry.message == first.message else f": {visible(entry.message)}"
        yield f"also {_where(entry.region)}{message}"
    if len(shown) < len(others):
        yield f"also in {counted(len(others) - len(shown), 'more place')} (-v lists them)"


# --- the end ----------------------------------------------------------------------------------------------------------


def _silenced(report: Report, style: Style) -> Iterator[str]:
    for each in report.silenced:
        where, badge = style.paint(_where(each.entry.region), BOLD), style.paint(f"suppressed[{each.entry.code}]", BLUE)
        why = f"{each.by}: {visible(each.reason)}" if each.reason else each.by
        yield f"{where}: {badge} {visible(each.entry.name)}: {visible(each.entry.message)} ({why})"
    if report.silenced and not style.quiet:
        yield ""


def _problem(trouble: Trouble, style: Style) -> str:
    where = visible(trouble.path) + ("" if trouble.line is None else f":{trouble.line}")
    told = f"{style.paint(where, BOLD)}: {style.paint('problem', YELLOW)}: {visible(trouble.message)}"
    return told if style.quiet else style.fold(told, _HANGING)


def _verdict(report: Report, style: Style) -> str:
    aside = [f"{report.suppressed:,} suppressed"] if report.suppressed else []
    aside += [f"{report.baselined:,} in the baseline"] if report.baselined else []
    aside += [f"{report.older:,} not new since {visible(report.since)}"] if report.since is not None else []
    aside += [counted(len(report.untold), "problem")] if report.untold else []
    tail = f" ({', '.join(aside)})" if aside else ""
    if not report.entries:
        none = "No findings" if report.since is None else "No new findings"
        return f"{style.paint(none, BOLD)} in {_files(report.coverage)}{tail}."
    counts = ((severity, report.count(severity)) for severity in sorted(Severity, reverse=True))
    graded = ", ".join(_graded(count, severity, style) for severity, count in counts if count)
    return f"{style.paint(counted(len(report.entries), 'finding'), BOLD)}: {graded}{tail}."


def _stale(report: Report, style: Style) -> Iterator[str]:
    if report.stale:
        entries = counted(len(report.stale), "stale entry", "stale entries")
        aside = "" if style.verbose else " (-v lists them)"
        yield f"{visible(report.baseline or '')} has {entries}{aside}: `fromcheck baseline write` takes out what is gone."
        for each in report.stale if style.verbose else ():
            yield f"  {each.code} {visible(each.path)}: {visible(each.subject)}"


def _graded(count: int, severity: Severity, style: Style) -> str:
    countable = severity in (Severity.ERROR, Severity.WARNING)
    text = counted(count, severity.label) if countable else f"{count:,} {severity.label}"
    return style.paint(text, *SEVERITY_CODES[severity])


def _files(coverage: Coverage) -> str:
    return f"{counted(coverage.code_files, 'code file')} and {counted(coverage.migrations, 'migration')}"


def _coverage(report: Report, style: Style) -> Iterator[str]:
    read = report.coverage
    yield f"Read {_files(read)} in {report.seconds:.2f} s:"
    resolved, statements = counted(read.resolved, "reference"), counted(read.statements_read, "statement")
    yield _understood(f"{resolved} resolved", read.unresolved, read.unresolved_reasons, style)
    yield _understood(f"{statements} read", read.statements_unread, read.unread_kinds, style)
    if read.withheld:
        verb = "finding is" if read.withheld == 1 else "findings are"
        aside = "" if style.verbose else " (-v lists them)"
        why = "the generated types, or what was not understood, could explain them"
        yield style.fold(f"  {read.withheld:,} {verb} withheld: {why}{aside}", _HANGING)
        for subject, count in read.withheld_subjects if style.verbose else ():
            yield f"    {visible(subject)}{f' × {count:,}' if count > 1 else ''}"
    if read.bundles:
        yield f"  {counted(read.bundles, 'minified file')} left out"


def _understood(what: str, missing: int, reasons: Sequence[tuple[str, int]], style: Style) -> str:
    shown = reasons if style.verbose else reasons[:REASONS]
    listed = [f"{visible(reason)}: {count:,}" for reason, count in shown]
    if len(shown) < len(reasons):
        listed.append(f"{counted(len(reasons) - len(shown), 'more reason')} (-v lists them)")
    return style.fold(f"  {what}, {missing:,} not" + (f" ({'; '.join(listed)})" if listed else ""), _HANGING)


REPORTER = Reporter("text", "findings for people, with the source they are about", render)
