"""Every format holds to its own rules, whatever a repository calls its things."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from msgspec import structs

from analyzer.model.finding import Prediction, Severity
from analyzer.model.report import Change, Coverage, Entry, Note, Region, Remedy, Report, Silenced, Trouble
from analyzer.model.span import Position
from analyzer.registry import find_constants
from analyzer.reporter import Style

# From OASIS: docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/.
SARIF = Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json"
REPORTERS = {each.name: each for each in find_constants("analyzer.reporters", "REPORTER")}
Entries = Callable[..., Entry]
Reports = Callable[..., Report]

HOSTILE = "a\x1b[31m,b:c\n::error::x%0A]]>|`<script>&\"'@me\u202e\udc80\x00\x08"


def text(name: str, report: Report) -> str:
    return "\n".join(REPORTERS[name].render(report, Style()))


@pytest.fixture(scope="module")
def sarif() -> Draft4Validator:
    return Draft4Validator(json.loads(SARIF.read_text()))


def hostile(name: str) -> Report:
    region = Region(name, Position(3, 5), Position(3, 9))
    full = Entry(
        "FC101", "missing-table", Severity.CRITICAL, "high", name, name, name, region, name, Prediction("PGRST205"),
        (Note(region, name),), (), Remedy(name, True, (Change(region, name),)), None, "f1",
    )  # fmt: skip
    return Report(".", (full,), (Trouble(name, None, name), Trouble(name, 7, name)), Coverage())


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_no_format_lets_control_characters_through(name):
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\udc80]", text(name, hostile(HOSTILE))) is None


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_every_format_can_say_that_there_is_nothing(name, report: Reports):
    assert isinstance(text(name, report()), str)


@given(st.text())
def test_any_name_fits_into_xml(name):
    root = ElementTree.fromstring(text("junit", hostile(name)))
    assert root.attrib["failures"] == "1"


@given(st.text(max_size=30))
def test_any_name_stays_within_its_command(name):
    *commands, summary = text("github", hostile(name)).split("\n")
    assert len(commands) == 3
    assert summary.startswith("::notice title=fromcheck::")
    assert all(re.fullmatch(r"::(error|warning) file=[^,:]*(,\w+=[^,:]*)*::[^\r\n]*", each) for each in commands)


@given(st.text(max_size=30))
@example("\\|")
@example("`\\\\|`")
def test_any_name_stays_within_its_cell(name):
    (row,) = [line for line in text("markdown", hostile(name)).split("\n") if line.startswith("| ") and "FC101" in line]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5


def test_markdown_marks_up_nothing(report: Reports, entry: Entries):
    row = text("markdown", report(entry(message="`public.agents` <b>@you</b> [x](y)", help="")))
    assert "`public.agents` \\<b\\>\\@you\\</b\\> \\[x\\](y)." in row


def test_github(report: Reports, entry: Entries):
    (first, second, third) = text("github", report(entry(), entry(severity=Severity.INFO))).split("\n")
    assert first == (
        "::error file=app/agents.ts,line=4,endLine=4,col=16,endColumn=22,title=FC101 missing-table"
        "::no migration creates `public.agents`, so this select fails."
    )
    assert second.startswith("::notice ")
    assert third == "::notice title=fromcheck::2 findings. 3 references resolved, 0 not; 4 statements read, 0 not."


def test_sarif_lists_what_is_suppressed_on_demand(report: Reports, entry: Entries, sarif: Draft4Validator):
    silenced = (Silenced(entry(), "comment", "made by hand"), Silenced(entry(), "baseline"))
    finished = structs.replace(report(entry()), silenced=silenced)
    assert len(json.loads(text("sarif", finished))["runs"][0]["results"]) == 1
    shown = json.loads("\n".join(REPORTERS["sarif"].render(finished, Style(silenced=True))))
    sarif.validate(shown)
    assert [each.get("suppressions") for each in shown["runs"][0]["results"]] == [
        None,
        [{"kind": "inSource", "justification": "made by hand"}],
        [{"kind": "external", "justification": ""}],
    ]


@pytest.mark.parametrize("form", ["github", "grouped", "markdown"])
def test_what_was_not_understood_is_counted(form: str, report: Reports):
    shown = text(form, report(unresolved=2, statements_unread=1, withheld=1))
    assert "3 references resolved, 2 not; 4 statements read, 1 not; 1 finding withheld." in shown


def test_concise(report: Reports, entry: Entries):
    assert text("concise", report(entry(), troubles=(Trouble("b.ts", 3, "odd"),))).split("\n") == [
        "app/agents.ts:4:16: error[FC101] no migration creates `public.agents`, so this select fails",
        "b.ts:3: problem: odd",
    ]


def test_gitlab(report: Reports, entry: Entries):
    (issue,) = json.loads(text("gitlab", report(entry())))
    # What GitLab's documentation of the format asks for.
    assert issue["fingerprint"] == "f1"
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert issue["location"]["lines"]["begin"] == 4
    assert not issue["location"]["path"].startswith("./")
    assert json.loads(text("gitlab", report())) == []


def test_json_lines(report: Reports, entry: Entries):
    lines = [json.loads(line) for line in text("json-lines", report(entry(), entry())).split("\n")]
    assert [line["kind"] for line in lines] == ["finding", "finding", "summary"]
    assert lines[0]["code"] == "FC101"
    assert lines[2]["findings"] == 2


def test_junit_counts(report: Reports, entry: Entries, region: Callable[..., Region]):
    root = ElementTree.fromstring(text("junit", report(entry(), entry(region=region("b.ts", 1, 1, 2)))))
    assert [suite.attrib["name"] for suite in root] == ["app/agents.ts", "b.ts"]
    assert root.attrib["tests"] == "2"
    green = ElementTree.fromstring(text("junit", report()))
    assert (green.attrib["tests"], green.attrib["failures"]) == ("1", "0")


@given(st.text(max_size=20))
def test_sarif_holds_to_its_schema(name):
    validator = Draft4Validator(json.loads(SARIF.read_text()))
    document = json.loads(text("sarif", hostile(name)))
    assert next(validator.iter_errors(document), None) is None


def test_sarif_has_what_github_needs(report: Reports, entry: Entries, sarif: Draft4Validator):
    run = json.loads(text("sarif", report(entry())))["runs"][0]
    (result,) = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "FC101"
    assert result["partialFingerprints"] == {"fromcheck/v1": "f1"}
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 16, "endLine": 4, "endColumn": 22}
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in rules)
    scores = {rule["id"]: rule["properties"].get("security-severity") for rule in rules}
    assert scores["FC101"] is None
    assert float(scores["FC301"]) > 0
    assert run["properties"]["summary"]["references"] == {"resolved": 3, "unresolved": 0, "reasons": []}
