"""Runs the rules over linked projects, and keeps what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from analyzer.link import Project
from analyzer.model.errors import ConfigError
from analyzer.model.finding import Finding, Severity
from analyzer.registry import find_constants
from analyzer.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(sorted(find_constants("analyzer.rules", "RULE"), key=lambda rule: rule.code))


def chosen_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules whose code begins with one of ``select`` (all, when empty) and none of ``ignore``. Raises ConfigError for none."""
    chosen = tuple(
        rule
        for rule in all_rules()
        if (not select or rule.code.startswith(tuple(select))) and not (ignore and rule.code.startswith(tuple(ignore)))
    )
    if not chosen:
        raise ConfigError(
            f"select and ignore leave no rule to check (select: {_said(select)}; ignore: {_said(ignore)})"
        )
    return chosen


def _said(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "nothing"


def check(
    projects: Iterable[Project], rules: Iterable[Rule], severities: Mapping[str, Severity]
) -> tuple[Finding, ...]:
    """All findings, in the order of path, place and code; ``severities`` overrides by code."""
    rules = tuple(rules)
    found = (_graded(each, severities) for project in projects for each in _check(project, rules))
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.place, each.code, each.subject, each.message)))


def _check(project: Project, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.check(project)


def _graded(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    severity = severities.get(finding.code)
    return finding if severity is None else replace(finding, severity=severity)
