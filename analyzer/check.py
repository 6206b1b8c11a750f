"""Runs the rules over linked projects, and keeps what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from analyzer.link import Project
from analyzer.model.errors import ConfigError
from analyzer.model.finding import Finding
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


def check(project: Project, rules: Iterable[Rule]) -> Iterator[Finding]:
    """All that the rules find in one project."""
    return (found for rule in rules for found in rule.check(project))


def unknown_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes, or beginnings of codes, that mean no rule."""
    return tuple(code for code in codes if not any(rule.code.startswith(code) for rule in all_rules()))
