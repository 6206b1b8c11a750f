"""Small projects with what is expected of them written beside the line: ``// expect: FC101`` or ``-- expect: FC201 FC301``.

A project in ``cases/ok`` expects nothing, and must stay silent. Hints, the rules that are ``info`` by nature, are held in the
projects of their own rule.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.check import all_rules
from analyzer.engine import Options, Session
from analyzer.model.finding import Severity

CASES = Path(__file__).parent.parent / "cases"
PROJECTS = sorted(path for rule in CASES.iterdir() for path in rule.iterdir() if path.is_dir())
HINTS = {rule.code: rule.name.replace("-", "_") for rule in all_rules() if rule.severity == Severity.INFO}
EXPECT = re.compile(r"(?://|--) expect: ((?:FC\d{3} ?)+)")


def expected(project: Path) -> list[tuple[str, int, str]]:
    found = []
    for path in sorted(project.rglob("*")):
        if path.is_file():
            for number, line in enumerate(path.read_text().splitlines(), 1):
                for match in EXPECT.finditer(line):
                    found += [(path.relative_to(project).as_posix(), number, code) for code in match[1].split()]
    return sorted(found)


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_exactly_what_is_expected_is_found(project: Path) -> None:
    report = Session.open(project, Options()).scan()
    found = sorted(
        (entry.region.path, entry.region.start.line, entry.code)
        for entry in report.entries
        if HINTS.get(entry.code, project.parent.name) == project.parent.name
    )
    wanted = expected(project)
    assert found == wanted
    assert bool(wanted) != (project.parent.name == "ok"), "a case expects something, and one in ok/ nothing"
