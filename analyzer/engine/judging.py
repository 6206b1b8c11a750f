"""From what the rules found to what is reported: comments silence, and severities are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.check import all_rules, graded
from analyzer.model.finding import Finding, Severity, Silencer
from analyzer.model.source import Problem
from analyzer.rule import Rule
from analyzer.rules.unreadable_file import RULE as UNREADABLE
from analyzer.rules.unreadable_file import unreadable
from analyzer.suppress import Ignore, suppress


@dataclass(frozen=True, slots=True)
class Judgement:
    """All findings in their final order; ``silenced`` are those not to be reported, each by what, and why."""

    findings: tuple[Finding, ...]
    silenced: Mapping[Finding, tuple[Silencer, str]]


def judge(
    found: Sequence[Finding],
    problems: Iterable[tuple[str, Problem]],
    ignores: Iterable[Iterable[Ignore]],
    rules: Sequence[Rule],
    severities: Mapping[str, Severity],
) -> Judgement:
    """What to report of what the rules found, with what only the whole run can tell."""
    unread = tuple(unreadable(problems)) if UNREADABLE in rules else ()
    known, checked = {rule.code for rule in all_rules()}, {rule.code for rule in rules}
    every = (ignore for file in ignores for ignore in file)
    before = graded((*found, *unread), severities)
    outcome = suppress(before, every, checked, known)
    hidden: dict[Finding, tuple[Silencer, str]] = {each: ("comment", why) for each, why in outcome.silenced.items()}
    return Judgement(graded((*before, *outcome.faults), severities), hidden)
