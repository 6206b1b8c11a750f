"""Each rule on code has a project in which it fires at least five times, and stays silent at least five times.

What is silent is a reference of the kind that the rule judges, of which nothing that follows, up to the next one, is reported.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

import pytest

from analyzer.check import all_rules
from analyzer.engine import Options, Session

CASES = Path(__file__).parent.parent / "cases"
ENOUGH = 5
KINDS = {
    "FC104": ("function",),
    "FC105": ("function",),
    "FC111": ("table", "function"),
    "FC114": ("bucket",),
    "FC115": ("edge_function",),
    "FC116": ("realtime",),
}
ON_CODE = {rule.code: rule.name.replace("-", "_") for rule in all_rules() if rule.code.startswith("FC1")}


def counted(project: Path, code: str) -> tuple[int, int]:
    """How often the rule fires in the project, and how many references it leaves alone."""
    session = Session.open(project, Options())
    fired = [(each.region.path, each.region.start.line) for each in session.scan().entries if each.code == code]
    kinds = KINDS.get(code, ("table",))
    named = [each for each in session.references()["references"] if each["kind"] in kinds]
    places = sorted({(each["path"], each["line"]) for each in named})
    blamed = {bisect_right(places, place) for place in fired}
    return len(fired), len(places) - len(blamed)


@pytest.mark.parametrize("code", ON_CODE)
def test_a_rule_has_a_project_with_enough_of_both(code: str) -> None:
    projects = [path for path in (CASES / ON_CODE[code]).iterdir() if path.is_dir()]
    both = {path.name: counted(path, code) for path in projects}
    assert any(min(each) >= ENOUGH for each in both.values()), both
