"""Every rule's page holds a bad and a good example; both are run."""

from __future__ import annotations

import importlib
import inspect
import re
import runpy
from pathlib import Path

import pytest

from analyzer.check import all_rules
from analyzer.engine import Options, Session
from analyzer.model.finding import Severity
from analyzer.model.report import Report
from analyzer.rule import Rule

FENCE = re.compile(r"^```(?P<language>\w+) (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RULES = all_rules()
DOCS = Path(__file__).parents[2] / "docs"


def page(rule: Rule) -> str:
    return inspect.getdoc(importlib.import_module(f"analyzer.rules.{rule.name.replace('-', '_')}")) or ""


def section(text: str, title: str) -> str:
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {title}"
    return found[1]


def scan_example(text: str, folder: Path) -> Report:
    fences = list(FENCE.finditer(text))
    assert fences
    for fence in fences:
        path = folder / fence["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence["text"], encoding=fence["language"] if fence["language"] == "latin1" else "utf-8")
    return Session.open(folder, Options()).scan()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_silent(rule: Rule, tmp_path: Path) -> None:
    bad = scan_example(section(page(rule), "Bad"), tmp_path / "bad")
    assert rule.code in [entry.code for entry in bad.entries]
    good = scan_example(section(page(rule), "Good"), tmp_path / "good")
    hints = {each.code for each in RULES if each.severity == Severity.INFO} - {rule.code}
    assert [(entry.code, entry.message) for entry in good.entries if entry.code not in hints] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_rule_is_named_after_its_module_and_described(rule: Rule) -> None:
    assert re.fullmatch(r"FC\d{3}", rule.code)
    first = page(rule).splitlines()[0]
    assert first.endswith(".")
    assert "|" not in rule.summary
    assert "\n" not in rule.summary


def test_codes_are_given_once() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_the_pages_in_docs_are_those_of_the_rules() -> None:
    """``python docs/write.py`` writes them anew."""
    written = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "rules").glob("*.md")}
    assert written == runpy.run_path(str(DOCS / "write.py"))["pages"]()
