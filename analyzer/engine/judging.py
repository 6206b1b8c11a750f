"""From what the rules found to what is reported: comments and the configuration silence, and severities are set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from analyzer.check import all_rules
from analyzer.engine.policy import Policy
from analyzer.model.finding import Finding, Silencer
from analyzer.model.ignore import Ignore
from analyzer.model.source import Problem
from analyzer.model.span import Place
from analyzer.model.verdict import Judged
from analyzer.rule import Rule
from analyzer.rules.unreadable_file import RULE as UNREADABLE
from analyzer.rules.unreadable_file import unreadable
from analyzer.suppress import Outcome, suppress


def judge(
    found: Iterable[Finding],
    problems: Iterable[tuple[str, Problem]],
    ignores: Iterable[Iterable[Ignore]],
    rules: Sequence[Rule],
    policy: Policy,
) -> tuple[Judged, ...]:
    """What to report of what the rules found, with what only the whole run can tell, in its final order."""
    unread = tuple(unreadable(problems)) if UNREADABLE in rules else ()
    names, checked = {rule.code: rule.name for rule in all_rules()}, {rule.code for rule in rules}
    before = [policy.graded(each) for each in dict.fromkeys((*found, *unread))]
    outcome = suppress(before, chain(*ignores), checked, names.keys())
    findings = sorted((*before, *map(policy.graded, outcome.faults)), key=_in_order)
    return tuple(Judged(each, names[each.code], _silenced(each, outcome, policy)) for each in findings)


def _silenced(finding: Finding, outcome: Outcome, policy: Policy) -> tuple[Silencer, str] | None:
    if finding in outcome.silenced:
        return "comment", outcome.silenced[finding]
    reason = policy.silences(finding)
    return ("configuration", reason) if reason is not None else None


def _in_order(finding: Finding) -> tuple[Place, str, str, str]:
    return finding.place, finding.code, finding.subject, finding.message
