"""Small projects with what is expected of them written beside the line: ``// expect: FC101`` or ``-- expect: FC201 FC301``.

Where a rule knows several answers of the database, the one that is predicted stands beside it: ``// expect: FC103=42703``.

A project in ``cases/ok`` expects nothing, and must stay silent. Hints, the rules that are ``info`` by nature, are held in the
projects of their own rule.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from analyzer.check import all_rules
from analyzer.engine import Options, Session
from analyzer.model.finding import Severity
from analyzer.model.report import Report

CASES = Path(__file__).parent.parent / "cases"
PROJECTS = sorted(path for rule in CASES.iterdir() for path in rule.iterdir() if path.is_dir())
HINTS = {rule.code: rule.name.replace("-", "_") for rule in all_rules() if rule.severity == Severity.INFO}
EXPECT = re.compile(r"(?://|--) expect: ((?:FC\d{3}(?:=\w+)? ?)+)")

# What each rule on code predicts, where it is one and the same answer.
ANSWERS = {
    "FC101": "PGRST205",
    "FC102": "PGRST205",
    "FC104": "PGRST202",
    "FC106": "PGRST200",
    "FC107": "PGRST201",
    "FC108": "23502",
    "FC109": "42P10",
    "FC111": "PGRST106",
    "FC112": "PGRST205",
    "FC114": "Bucket not found",
    "FC115": "404",
    "FC116": None,
    "FC117": "PGRST100",
    "FC118": "42501",
}
SEVERAL = ("FC103", "FC105", "FC110", "FC113")


def expected(project: Path) -> list[tuple[str, int, str]]:
    found = []
    for path in sorted(project.rglob("*")):
        if path.is_file():
            for number, line in enumerate(path.read_text().splitlines(), 1):
                for match in EXPECT.finditer(line):
                    found += [(path.relative_to(project).as_posix(), number, code) for code in match[1].split()]
    return sorted(found)


@cache
def scanned(project: Path) -> Report:
    return Session.open(project, Options()).scan()


def code_of(said: str) -> str:
    return said.partition("=")[0]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_exactly_what_is_expected_is_found(project: Path) -> None:
    report = scanned(project)
    found = sorted(
        (entry.region.path, entry.region.start.line, entry.code)
        for entry in report.entries
        if HINTS.get(entry.code, project.parent.name) == project.parent.name
    )
    wanted = expected(project)
    assert found == [(path, line, code_of(said)) for path, line, said in wanted]
    assert bool(wanted) != (project.parent.name == "ok"), "a case expects something, and one in ok/ nothing"


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_answer_is_predicted(project: Path) -> None:
    report = scanned(project)
    for entry in report.entries:
        answer = entry.predicts.code if entry.predicts is not None else None
        if entry.code in ANSWERS:
            assert answer == ANSWERS[entry.code]
    told = {(path, line, *said.split("=")) for path, line, said in expected(project) if "=" in said}
    found = {
        (each.region.path, each.region.start.line, each.code, each.predicts.code)
        for each in report.entries
        if each.predicts
    }
    assert told <= found
    assert not {each for each in found if each[2] in SEVERAL} - told, "say which answer: // expect: FC103=42703"
