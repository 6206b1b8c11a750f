"""What a hook says: no more than a screen, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.finding import Severity
from analyzer.model.record import Record
from analyzer.model.report import Entry, Report
from analyzer.reporter import ELLIPSIS, Style, cells, counted, visible

MOST = 6
"""Findings that are shown: with two lines each, and all else at its longest, they fit a terminal of 24 lines."""

_BOLD, _RED, _YELLOW, _GREEN = 1, 31, 33, 32
_PROBLEMS = 2
_BROKEN = 3
_SHORT = 10


class Told(Record, frozen=True):
    """``stop`` is True when git is to stop; ``lines`` are for whoever waits."""

    stop: bool
    lines: tuple[str, ...]


def answer(report: Report, fail_on: str, what: str, verb: str, scan: str, style: Style, aside: str = "") -> Told:
    """What to say of a report on what is new: git is to stop for findings of the severity ``fail_on`` or a higher one.

    Not so when the tool failed, or what there was before could not be read: then they are shown, and nothing stops.
    ``what`` and ``verb`` name what git does, the verb empty where it does nothing; ``scan`` shows all of it.
    """
    limit = Severity[fail_on.upper()] if fail_on != "never" else None
    stopping = [each for each in report.entries if limit is not None and each.severity >= limit]
    certain = not (report.failed or report.uncertain)
    stop = bool(stopping) and certain
    lines = [_first(report, stopping, f"{what} is stopped" if stop and verb else what, style)]
    lines += [f"  {visible(aside)}"] if aside else []
    for entry in sorted(stopping, key=lambda each: -each.severity)[:MOST]:
        lines += _shown(entry, style)
    lines += [f"  and {len(stopping) - MOST:,} more"] if len(stopping) > MOST else []
    lines += _problems(report, style)
    if stop:
        lines += _how_to_go_on(stopping[0], report, verb, scan)
    elif not certain:
        lines.append("  Not checked whole, so nothing is stopped.")
    return Told(stop, tuple(lines))


def warning(breaks: Report, base: str, style: Style) -> Iterator[str]:
    """What of the code that runs now breaks once the migrations of a push are applied; that stops nothing."""
    if breaks.entries:
        places = counted(len(breaks.entries), "place")
        yield f"  The code of {base[:_SHORT]} breaks in {style.paint(places, _BOLD, _YELLOW)} once these migrations are applied:"
        for entry in breaks.entries[:_BROKEN]:
            where = f"{visible(entry.region.path)}:{entry.region.start.line}: "
            yield f"    {_cut(where + visible(entry.message), style.width - 4)}"
        yield f"  All of it, and in which order to go live: fromcheck compat --base {base[:_SHORT]}"


def _first(report: Report, stopping: list[Entry], what: str, style: Style) -> str:
    new = "" if report.since is None else "new "
    others = len(report.entries) - len(stopping)
    told = [counted(len(stopping), f"{new}finding")] if stopping else []
    other = "other finding" if stopping else f"{new}finding"
    told += [f"{counted(others, other)} of less weight"] if others else []
    said = " and ".join(told) or f"no {new}findings"
    color = _RED if stopping else _YELLOW if others else _GREEN
    read = f"{counted(report.coverage.code_files, 'code file')}, {counted(report.coverage.migrations, 'migration')}"
    since = f" since {visible(report.since)}; {report.older:,} older" if report.since is not None else ""
    return f"fromcheck: {visible(what)}: {style.paint(said, _BOLD, color)}{since} ({read})"


def _shown(entry: Entry, style: Style) -> Iterator[str]:
    where = f"{visible(entry.region.path)}:{entry.region.start.line}:{entry.region.start.column}"
    badge = style.paint(f"{entry.severity.label}[{entry.code}]", _RED if entry.severity >= Severity.ERROR else _YELLOW)
    yield f"  {style.paint(where, _BOLD)}: {badge}"
    yield f"    {_cut(visible(entry.message), style.width - 4)}"


def _problems(report: Report, style: Style) -> Iterator[str]:
    untold = report.untold
    for each in untold[:_PROBLEMS]:
        line = "" if each.line is None else f":{each.line}"
        yield "  " + _cut(f"{visible(each.path)}{line}: problem: {visible(each.message)}", style.width - 2)
    if len(untold) > _PROBLEMS:
        yield f"  and {counted(len(untold) - _PROBLEMS, 'more problem')}"


def _how_to_go_on(entry: Entry, report: Report, verb: str, scan: str) -> Iterator[str]:
    yield f"  All of it:    {scan}"
    yield f"  It is meant:  a comment `fromcheck-ignore {entry.code}: why` there" + (
        "; all of today: `fromcheck baseline write`" if len(report.entries) > MOST else ""
    )
    if verb:
        yield f"  Do it anyway: git {verb} --no-verify"


def _cut(text: str, width: int) -> str:
    if cells(text) <= width:
        return text
    while cells(text) > width - len(ELLIPSIS):
        text = text[:-1]
    return text + ELLIPSIS
