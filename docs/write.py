"""Writes the pages of ``docs/rules`` from the rules' own docstrings: ``python docs/write.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analyzer.check import all_rules
from analyzer.rule import Rule

FOLDER = Path(__file__).parent / "rules"

_INDEX_HEAD = """\
# The rules

A code never changes its meaning, and is never used again. `fromcheck explain CODE` prints the same pages.

| code | name | severity | what |
| --- | --- | --- | --- |
"""


def pages() -> dict[str, str]:
    """Every file of ``docs/rules`` by name: one a rule, and the README that lists them."""
    rules = all_rules()
    return {"README.md": _INDEX_HEAD + "".join(map(_row, rules)), **{f"{rule.code}.md": _page(rule) for rule in rules}}


def _row(rule: Rule) -> str:
    return f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.label} | {rule.summary} |\n"


def _page(rule: Rule) -> str:
    return f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity.label}\n\n{rule.page.rstrip()}\n"


def _gone(wanted: dict[str, str]) -> Iterator[Path]:
    return (path for path in FOLDER.glob("*.md") if path.name not in wanted)


def main() -> None:
    """Write what is wanted, and delete the pages of rules that are gone."""
    wanted = pages()
    for path in _gone(wanted):
        path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
