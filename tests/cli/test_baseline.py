"""The baseline: what it accepts, what is new all the same, and what a broken file is told."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from analyzer.baseline import read_baseline, render_baseline
from analyzer.model.errors import ConfigError
from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Region
from analyzer.model.span import Position

Run = Callable[..., Result]
Project = Callable[[Mapping[str, str]], Path]

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schema" / "scan.json").read_text())
CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
AGENTS = "await supabase.from('agents').select('id');\n"
SKILLS = "await supabase.from('skills').select('id');\n"
MIGRATION = "supabase/migrations/20250101000000_init.sql"
TABLE = (
    "create table notes (id int primary key);\nalter table notes enable row level security;"
    " create policy seen on notes for select using (true);"
    " create view seen with (security_invoker = on) as select id from notes;\n"
)
FILES = {MIGRATION: TABLE, "app.ts": CLIENT + AGENTS}
FILE = "fromcheck-baseline.json"


def document(run: Run, root: Path, *arguments: str) -> Any:
    parsed = json.loads(run("scan", root, "--format", "json", *arguments).stdout)
    Draft202012Validator(SCHEMA).validate(parsed)
    return parsed


def test_what_is_accepted_is_counted_and_not_reported(run: Run, project: Project) -> None:
    root = project(FILES)
    written = run("baseline", "write", root)
    assert (written.exit_code, written.stdout) == (0, f"{root / FILE}: 1 finding (1 new, 0 gone).\n")
    result = run("scan", root)
    assert result.exit_code == 0
    assert "No findings in 1 code file and 1 migration (1 in the baseline)." in result.stdout
    told = document(run, root, "--show-suppressed")
    assert (told["summary"]["baselined"], told["summary"]["suppressed"], told["findings"]) == (1, 0, [])
    assert [(each["code"], each["by"]) for each in told["suppressed"]] == [("FC101", "baseline")]
    assert told["baseline"] == {"path": FILE, "stale": []}
    assert run("scan", root, "--no-baseline").exit_code == 1


def test_lines_may_move(run: Run, project: Project) -> None:
    root = project(FILES)
    run("baseline", "write", root)
    (root / "app.ts").write_text(f"// a line\n\n{CLIENT}\n\n{AGENTS}")
    assert run("scan", root).exit_code == 0


@pytest.mark.parametrize("text", [CLIENT + AGENTS + AGENTS, CLIENT + AGENTS + SKILLS])
def test_new_debt_never_hides(run: Run, project: Project, text: str) -> None:
    root = project(FILES)
    run("baseline", "write", root)
    (root / "app.ts").write_text(text)
    assert run("scan", root).exit_code == 1
    told = document(run, root)
    assert (len(told["findings"]), told["summary"]["baselined"]) == (1, 1)


def test_in_another_file_it_is_new(run: Run, project: Project) -> None:
    root = project(FILES)
    run("baseline", "write", root)
    (root / "other.ts").write_text(CLIENT + AGENTS)
    assert [each["path"] for each in document(run, root)["findings"]] == ["other.ts"]


def test_stale_entries_are_told_and_written_away(run: Run, project: Project) -> None:
    root = project({**FILES, "app.ts": CLIENT + AGENTS + SKILLS})
    run("baseline", "write", root)
    (root / "app.ts").write_text(CLIENT + SKILLS)
    assert [each["subject"] for each in document(run, root)["baseline"]["stale"]] == ["public.agents"]
    assert f"{FILE} has 1 stale entry (-v lists them): `fromcheck baseline write`" in run("scan", root).stdout
    assert "\n  FC101 app.ts: public.agents\n" in run("scan", root, "-v").stdout
    shown = run("baseline", "show", root).stdout
    assert shown.splitlines() == [
        "app.ts",
        "  FC101  public.agents  stale: it is gone",
        "  FC101  public.skills",
        "2 accepted findings, 1 stale.",
    ]
    as_json = json.loads(run("baseline", "show", root, "--format", "json").stdout)
    assert [(each["subject"], each["stale"]) for each in as_json["findings"]] == [
        ("public.agents", True),
        ("public.skills", False),
    ]
    assert "1 finding (0 new, 1 gone)" in run("baseline", "write", root).stdout
    assert document(run, root)["baseline"]["stale"] == []


def test_what_was_not_looked_for_is_not_stale(run: Run, project: Project) -> None:
    root = project(FILES)
    run("baseline", "write", root)
    assert document(run, root, "--select", "FC2")["baseline"]["stale"] == []


def test_a_comment_makes_the_entry_stale(run: Run, project: Project) -> None:
    root = project(FILES)
    run("baseline", "write", root)
    (root / "app.ts").write_text(f"{CLIENT}// fromcheck-ignore FC101: why\n{AGENTS}")
    told = document(run, root)
    assert (told["summary"]["suppressed"], told["summary"]["baselined"], len(told["baseline"]["stale"])) == (1, 0, 1)


def test_another_file_can_be_named(run: Run, project: Project) -> None:
    root = project(FILES)
    other = root / "ci" / "accepted.json"
    other.parent.mkdir()
    run("baseline", "write", root, "--baseline", other)
    assert not (root / FILE).exists()
    assert run("scan", root).exit_code == 1
    assert run("scan", root, "--baseline", other).exit_code == 0


def test_the_file_is_the_same_whatever_the_order_of_lines(run: Run, project: Project) -> None:
    root = project({**FILES, "app.ts": CLIENT + AGENTS + SKILLS})
    run("baseline", "write", root)
    first = (root / FILE).read_text()
    (root / "app.ts").write_text(CLIENT + SKILLS + AGENTS)
    run("baseline", "write", root)
    assert (root / FILE).read_text() == first
    assert first.startswith('{\n  "version": 1,\n  "findings": [\n    {"fingerprint"')
    assert first.count("\n") == 7, "a line for each finding"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", f"{FILE}:1: is not valid JSON"),
        ('{\n"version": 1,\n<<<<<<< HEAD\n', f"{FILE}:3: is not valid JSON"),
        ("[]", "is no baseline: it has no version"),
        ('{"version": 2, "findings": []}', "has version 2, and this fromcheck knows version 1"),
        ('{"version": 1}', "has no list of findings"),
        ('{"version": 1, "findings": [{"code": "FC101"}]}', "finding 1 is none"),
        ('{"version": 1, "findings": [1]}', "finding 1 is none"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"version": 1' + "1" * 5000 + "}", "fromcheck-baseline.json: "),
    ],
)
def test_a_broken_file_is_an_error_with_its_place(run: Run, project: Project, text: str, told: str) -> None:
    result = run("scan", project({**FILES, FILE: text}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "`fromcheck baseline write` writes it anew" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_broken_file_stops_only_what_uses_it(run: Run, project: Project) -> None:
    root = project({**FILES, FILE: "<<<<<<<"})
    assert run("schema", root).exit_code == 0
    assert run("refs", root).exit_code == 0
    assert run("scan", root, "--no-baseline").exit_code == 1


def test_a_broken_file_is_written_anew(run: Run, project: Project) -> None:
    root = project({**FILES, FILE: "<<<<<<<"})
    assert run("baseline", "write", root).exit_code == 0
    assert run("scan", root).exit_code == 0


def test_a_file_that_is_not_there(run: Run, project: Project) -> None:
    root = project(FILES)
    assert run("scan", root, "--baseline", root / "none.json").exit_code == 2
    result = run("baseline", "show", root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`fromcheck baseline write` makes one" in result.stderr
    assert run("scan", root, "--baseline", root / "none.json", "--no-baseline").exit_code == 2


def entry(code: str, path: str, subject: str, fingerprint: str) -> Entry:
    region = Region(path, Position(1, 1), Position(1, 2))
    return Entry(
        code, "name", Severity.ERROR, "high", "m", "", subject, region, "", None, (), (), None, None, fingerprint
    )


@given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.text()), unique_by=lambda each: each[3]))
def test_what_is_written_is_read_again_in_any_order_alike(findings: list[tuple[str, str, str, str]]) -> None:
    entries = [entry(*each) for each in findings]
    written = render_baseline(entries)
    assert written == render_baseline(reversed(entries))
    read = read_baseline(written.encode("utf-8", "backslashreplace"), "x")
    assert sorted((each.code, each.path, each.subject, each.fingerprint) for each in read) == sorted(findings)


@given(st.one_of(st.binary(max_size=60), st.text(alphabet='{}[]":,versionfgdc10. \n', max_size=60)))
def test_whatever_the_file_holds_the_answer_is_a_baseline_or_an_error_of_ours(text: str | bytes) -> None:
    with contextlib.suppress(ConfigError):
        read_baseline(text if isinstance(text, bytes) else text.encode(), "x")
