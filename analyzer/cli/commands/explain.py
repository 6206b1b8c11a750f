"""``fromcheck explain``: the page of one rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from analyzer.cli.options import color_option
from analyzer.cli.terminal import style, write
from analyzer.reporter import Style

if TYPE_CHECKING:
    from analyzer.rule import Rule

EXAMPLES = """\b
Examples:
  fromcheck explain FC101
  fromcheck explain missing-table
"""

BOLD = 1


@click.command(epilog=EXAMPLES, short_help="Print the page of a rule.")
@click.argument("code")
@color_option
def explain(code: str, color: str) -> None:
    """Print the page of a rule: what it finds, why it matters, an example, and what to do.

    CODE is the code of a finding or the name of its rule, in any case.
    """
    from analyzer.cli.selection import find_rule, unknown

    rule = find_rule(code)
    if rule is None:
        raise click.BadParameter(unknown(code), param_hint="'CODE'")
    write(_page(rule, style(color)))


def _page(rule: Rule, style: Style) -> Iterator[str]:
    yield style.paint(f"# {rule.code} {rule.name} ({rule.severity.label})", BOLD)
    yield ""
    for line in rule.page.splitlines():
        yield style.paint(line, BOLD) if line.startswith("#") else line


COMMAND = explain
