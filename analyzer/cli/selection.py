"""From what people write to rules: codes, beginnings of codes, and names, in any case."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import click

from analyzer.check import all_rules, chosen_rules
from analyzer.rule import Rule


def chosen_codes(select: Iterable[str], ignore: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes and beginnings of codes that ``--select`` and ``--ignore`` mean.

    Raises UsageError for one that means no rule, and when no rule is left: a scan without rules would always be green.
    """
    selected, ignored = _codes("--select", select), _codes("--ignore", ignore)
    if not chosen_rules(selected, ignored):
        raise click.UsageError("--select and --ignore leave no rule.")
    return selected, ignored


def _codes(option: str, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(_code(option, word.strip()) for value in values for word in value.split(","))


def _code(option: str, word: str) -> str:
    named = find_rule(word)
    if named is not None:
        return named.code
    prefix = word.upper()
    if not prefix or not any(rule.code.startswith(prefix) for rule in all_rules()):
        raise click.BadParameter(unknown(word), param_hint=f"'{option}'")
    return prefix


def find_rule(word: str) -> Rule | None:
    """The rule of this code or name, in any case."""
    return next((rule for rule in all_rules() if word.upper() == rule.code or word.lower() == rule.name), None)


def unknown(word: str) -> str:
    """A sentence that says there is no such rule, and names the nearest."""
    near = _nearest(word)
    meant = f" Did you mean {near.code} ({near.name})?" if near else ""
    return f"there is no rule {word!r}.{meant} `fromcheck rules` lists them."


def _nearest(word: str) -> Rule | None:
    """For what begins like a code, the first with most characters in place; else the rule of a similar name."""
    if word.upper().startswith("FC"):
        return max(all_rules(), key=lambda rule: sum(map(str.__eq__, rule.code, word.upper())), default=None)
    return next(map(find_rule, get_close_matches(word.lower(), [rule.name for rule in all_rules()], 1)), None)
