"""``fromcheck rules``: all there is to find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from analyzer.cli.options import color_option, format_option
from analyzer.cli.terminal import style, write
from analyzer.reporter import Style

if TYPE_CHECKING:
    from analyzer.rule import Rule

BOLD = 1


@click.command(short_help="List every rule.")
@format_option("text", "json")
@color_option
def rules(form: str, color: str) -> None:
    """List every rule: its code, name, usual severity, and what it finds."""
    from analyzer.check import all_rules
    from analyzer.document import as_json

    write([as_json(_document(all_rules()))] if form == "json" else _table(all_rules(), style(color)))


def _document(listed: Iterable[Rule]) -> dict[str, object]:
    return {
        "version": 1,
        "rules": [
            {"code": each.code, "name": each.name, "severity": each.severity.label, "summary": each.summary}
            for each in listed
        ],
    }


def _table(listed: tuple[Rule, ...], style: Style) -> Iterator[str]:
    names = max(len(rule.name) for rule in listed)
    grades = max(len(rule.severity.label) for rule in listed)
    for rule in listed:
        code = style.paint(rule.code, BOLD)
        yield f"{code}  {rule.name.ljust(names)}  {rule.severity.label.ljust(grades)}  {rule.summary}"


COMMAND = rules
