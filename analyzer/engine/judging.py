"""From what the rules found to what is reported: comments and the configuration silence, and severities are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from analyzer.check import all_rules
from analyzer.engine.policy import Policy
from analyzer.model.finding import Finding, Silencer
from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.model.span import Place
from analyzer.rule import Rule
from analyzer.rules.unreadable_file import RULE as UNREADABLE
from analyzer.rules.unreadable_file import unreadable
from analyzer.suppress import Ignore, suppress


class Judgement(Record, frozen=True):
    """All findings in their final order; ``silenced`` are those not to be reported, each by what, and why."""

    findings: tuple[Finding, ...]
    silenced: Mapping[Finding, tuple[Silencer, str]]


def judge(
    found: Iterable[Finding],
    problems: Iterable[tuple[str, Problem]],
    ignores: Iterable[Iterable[Ignore]],
    rules: Sequence[Rule],
    policy: Policy,
) -> Judgement:
    """What to report of what the rules found, with what only the whole run can tell."""
    unread = tuple(unreadable(problems)) if UNREADABLE in rules else ()
    known, checked = {rule.code for rule in all_rules()}, {rule.code for rule in rules}
    before = [policy.graded(each) for each in dict.fromkeys((*found, *unread))]
    outcome = suppress(before, chain(*ignores), checked, known)
    findings = sorted((*before, *map(policy.graded, outcome.faults)), key=_in_order)
    silenced: dict[Finding, tuple[Silencer, str]] = {}
    for each in findings:
        if each in outcome.silenced:
            silenced[each] = ("comment", outcome.silenced[each])
        elif (reason := policy.silences(each)) is not None:
            silenced[each] = ("configuration", reason)
    return Judgement(tuple(findings), silenced)


def _in_order(finding: Finding) -> tuple[Place, str, str, str]:
    return finding.place, finding.code, finding.subject, finding.message
