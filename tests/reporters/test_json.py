from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import structs

from analyzer import __version__
from analyzer.document import as_json
from analyzer.model.finding import Prediction, Severity, Suggestion
from analyzer.model.report import Change, Entry, Note, Region, Remedy, Report, Trouble
from analyzer.reporter import Style
from analyzer.reporters.json_ import REPORTER

Entries = Callable[..., Entry]
Reports = Callable[..., Report]
Regions = Callable[..., Region]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def text(report: Report) -> str:
    return "\n".join(REPORTER.render(report, Style()))


@pytest.fixture
def full(entry: Entries, report: Reports, region: Regions) -> Report:
    told = entry(
        severity=Severity.CRITICAL,
        help="Create it.",
        predicts=Prediction("PGRST205"),
        notes=(Note(region("m.sql", 7, 1, 5), "here", "drop"),),
        suggestions=(Suggestion("did-you-mean", "public.personas", 0.81, ("same columns",)),),
        remedy=Remedy("Use `personas`", True, (Change(region("app/agents.ts", 4, 16, 22), "personas"),)),
    )
    finished = report(
        told,
        entry(severity=Severity.INFO),
        troubles=(Trouble("b.ts", None, "not UTF-8"), Trouble("a.sql", 7, "never closed")),
        unresolved=2,
        unresolved_reasons=(("template", 2),),
        statements_unread=1,
        unread_kinds=(("DO", 1),),
        withheld=4,
        withheld_subjects=(("public.a", 3), ("public.b", 1)),
        bundles=1,
    )
    return structs.replace(finished, suppressed=5, baselined=6)


def test_the_document(full: Report) -> None:
    document = json.loads(text(full))
    assert list(document) == ["version", "tool", "root", "summary", "findings", "problems"]
    assert document["version"] == 1
    assert document["tool"] == {"name": "fromcheck", "version": __version__}
    assert document["root"] == "."
    assert document["summary"] == {
        "findings": 2,
        "critical": 1,
        "error": 0,
        "warning": 0,
        "info": 1,
        "suppressed": 5,
        "baselined": 6,
        "files": {"code": 2, "migrations": 1, "bundles": 1},
        "references": {"resolved": 3, "unresolved": 2, "reasons": [{"reason": "template", "count": 2}]},
        "statements": {"read": 4, "unread": 1, "kinds": [{"kind": "DO", "count": 1}]},
        "withheld": 4,
        "withheld_subjects": [{"subject": "public.a", "count": 3}, {"subject": "public.b", "count": 1}],
        "seconds": 0.25,
    }
    assert document["problems"] == [
        {"path": "b.ts", "line": None, "message": "not UTF-8", "internal": False},
        {"path": "a.sql", "line": 7, "message": "never closed", "internal": False},
    ]


def test_a_finding(full: Report) -> None:
    assert json.loads(text(full))["findings"][0] == {
        "code": "FC101",
        "name": "missing-table",
        "severity": "critical",
        "confidence": "high",
        "message": "no migration creates `public.agents`, so this select fails",
        "subject": "public.agents",
        "path": "app/agents.ts",
        "line": 4,
        "column": 16,
        "end_line": 4,
        "end_column": 22,
        "predicts": {"code": "PGRST205", "when": "runtime"},
        "related": [{"path": "m.sql", "line": 7, "column": 1, "message": "here", "end_line": 7, "end_column": 5}],
        "suggestions": [
            {"kind": "did-you-mean", "name": "public.personas", "score": 0.81, "evidence": ["same columns"]}
        ],
        "fix": {
            "title": "Use `personas`",
            "safe": True,
            "edits": [
                {
                    "path": "app/agents.ts",
                    "start": {"line": 4, "column": 16},
                    "end": {"line": 4, "column": 22},
                    "text": "personas",
                }
            ],
        },
        "url": None,
        "fingerprint": "f1",
        "help": "Create it.",
    }


def test_holds_to_the_published_schema(full: Report, report: Reports) -> None:
    schema = json.loads((SCHEMAS / "scan.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(json.loads(text(full)))
    validator.validate(json.loads(text(report())))
    broken = json.loads(text(full))
    del broken["findings"][0]["predicts"]
    assert not validator.is_valid(broken)


def test_two_runs_differ_in_seconds_only(full: Report) -> None:
    again = structs.replace(full, seconds=9.5)
    assert text(full).replace('"seconds": 0.25', '"seconds": 9.5') == text(again)


def test_letters_are_not_escaped() -> None:
    assert as_json({"name": "naïve 日本 🦊"}) == '{\n  "name": "naïve 日本 🦊"\n}'


def test_a_path_that_is_not_utf_8_is_shown_by_its_escape() -> None:
    assert json.loads(as_json({"path": "caf\udce9.ts"})) == {"path": "caf\\udce9.ts"}


@given(st.text())
def test_any_text_comes_back_and_nothing_acts_on_a_terminal(value: str) -> None:
    written = as_json({"value": value})
    assert json.loads(written) == {"value": value}
    assert not {unicodedata.category(each) for each in written.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
