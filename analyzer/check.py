"""Runs the rules over linked projects, and keeps what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from analyzer.link import Project
from analyzer.model.errors import ConfigError
from analyzer.model.finding import Finding
from analyzer.model.source import Problem, blamed, mishap
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
    project: Project, rules: Iterable[Rule], mishaps: list[tuple[str, Problem]] | None = None
) -> Iterator[Finding]:
    """All that the rules find in one project. What goes wrong within a rule goes to ``mishaps``, and the others go on."""
    meant = project.meant
    for rule in rules:
        try:
            yield from rule.check(meant if rule.meant else project)
        except Exception as error:
            if mishaps is None:
                raise
            mishaps.append(_mishap(rule, project, error))


def _mishap(rule: Rule, project: Project, error: Exception) -> tuple[str, Problem]:
    """The problem that a rule's own failure is, at the file that it looked at; at the project's folder when that is not known."""
    place, name = blamed(error), f"{rule.code} {rule.name}"
    return (
        (place.path, mishap(error, name, place.span.start)) if place else (project.folder or ".", mishap(error, name))
    )


def unknown_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes, or beginnings of codes, that mean no rule."""
    return tuple(code for code in codes if not any(rule.code.startswith(code) for rule in all_rules()))
