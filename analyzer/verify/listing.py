"""The outcome as text, and as the public JSON has it (version 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analyzer.reporter import Style, counted, visible
from analyzer.verify.compare import Difference
from analyzer.verify.verify import Outcome

_BOLD, _RED, _GREEN, _YELLOW = 1, 31, 32, 33
_TITLES = {
    "missing here": "Only in the database",
    "only here": "Only in the static replay",
    "differs": "Different",
}


def lines(outcome: Outcome, style: Style) -> Iterator[str]:
    """What parts, by kind; then what could not be compared; then one line that sums it up."""
    for kind, title in _TITLES.items():
        found = [each for each in outcome.differences if each.kind == kind]
        if found:
            yield style.paint(title, _BOLD)
            yield from (f"  {visible(_line(each))}" for each in found)
            yield ""
    if outcome.not_run:
        yield style.paint("Not run", _YELLOW)
        yield from (f"  {visible(f'{each.path}:{each.line}: {each.message}')}" for each in outcome.not_run)
        yield ""
    yield _sum(outcome, style)


def _line(difference: Difference) -> str:
    subject = " › ".join(difference.subject)
    if difference.kind != "differs":
        told = difference.there or difference.here
        return f"{subject}: {told}" if subject.startswith("failure ") and told else subject
    return f"{subject}: {_value(difference.there)} in the database, {_value(difference.here)} in the replay"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return f"({', '.join(map(str, value))})"
    return "none" if value is None else str(value)


def _sum(outcome: Outcome, style: Style) -> str:
    number = len(outcome.differences)
    verdict = style.paint(counted(number, "difference"), _RED) if number else style.paint("No difference", _GREEN)
    read = f"{counted(outcome.statements, 'statement')}, {outcome.unread:,} not understood, {len(outcome.not_run):,} not run"
    return f"{verdict} between the static replay and {visible(outcome.database)} ({read})."


def as_document(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain data."""
    return {
        "version": 1,
        "database": outcome.database,
        "equal": not outcome.differences,
        "differences": [
            {"kind": each.kind.replace(" ", "-"), "subject": list(each.subject), "here": each.here, "there": each.there}
            for each in outcome.differences
        ],
        "not_run": [{"path": each.path, "line": each.line, "reason": each.message} for each in outcome.not_run],
        "statements": {"read": outcome.statements - outcome.unread, "unread": outcome.unread},
    }
