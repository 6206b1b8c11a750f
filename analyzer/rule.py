"""What a rule is. Each file in ``rules/`` holds one, as ``RULE``; its module docstring is its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.link import Project
from analyzer.model.catalog import Missing, Unread
from analyzer.model.finding import Finding, Severity

# SQLSTATEs of what is there already: a schema, relation, column, function, or another object.
DUPLICATES = frozenset(("42P06", "42P07", "42701", "42723", "42710"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable code with its check. ``severity`` is the usual one; a finding may say another."""

    code: str
    name: str
    severity: Severity
    summary: str
    check: Callable[[Project], Iterator[Finding]]


def times(number: int, what: str, several: str = "") -> str:
    """``1 statement``, ``2 statements``."""
    return f"{number} {what if number == 1 else several or what + 's'}"


def doubtful(project: Project, subject: str, doubts: tuple[Unread, ...]) -> bool:
    """True when what was not understood could explain it: then it is counted as withheld, and no finding is made."""
    if doubts:
        project.withhold(subject)
    return bool(doubts)


def said(missing: Missing) -> str:
    """The thing as a sentence names it: ``the table `public.personas```."""
    if missing.kind == "column":
        return f"the column `{missing.column}` of `{missing.schema}.{missing.name}`"
    return f"the {'table' if missing.kind == 'relation' else missing.kind} `{subject(missing)}`"


def subject(missing: Missing) -> str:
    """The qualified name of what is missing."""
    return ".".join(part for part in (missing.schema, missing.name, missing.column) if part)


def consequences(project: Project, failure: int) -> str:
    """``; 3 later statements fail because of it``, or nothing; ``failure`` is a position in the replay's failures."""
    count = sum(each.cause == failure for each in project.replay.failures)
    return f"; {times(count, 'later statement fails', 'later statements fail')} because of it" if count else ""
