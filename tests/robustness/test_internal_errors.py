"""A fault of ours, wherever it is: one line that names the file and the part at fault, the rest of the report, exit 3."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from msgspec import structs

from analyzer.cli.options import reporter_names
from analyzer.rules.missing_column import RULE as MISSING_COLUMN

if TYPE_CHECKING:
    from conftest import Hostile

Break = Callable[[pytest.MonkeyPatch], None]
SPARE = "const { data } = await supabase.from('absent').select('id');\n"


def broken(*_: object, **__: object) -> Any:
    raise KeyError("two\nlines")


def broken_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.code import read

    whole = read.read_code
    monkeypatch.setattr(
        read, "read_code", lambda source, *told: broken() if "notes" in source.path else whole(source, *told)
    )


def broken_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.sql import read

    whole = read.read_statement
    monkeypatch.setattr(
        read, "read_statement", lambda script, tokens: broken() if tokens[0].key == "alter" else whole(script, tokens)
    )


def broken_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.model.events import CreateTable
    from analyzer.sql import replay

    whole = replay.apply
    monkeypatch.setattr(
        replay,
        "apply",
        lambda state, event, span: whole(state, event, span) if isinstance(event, CreateTable) else broken(),
    )


def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(project: Any) -> Any:
        for use in project.uses:
            yield from broken(use)

    structs.force_setattr(MISSING_COLUMN, "check", check)
    monkeypatch.setattr("analyzer.rules.missing_column.RULE", MISSING_COLUMN)


@pytest.fixture(params=[broken_reader, broken_statement, broken_replay, broken_rule], ids=lambda each: each.__name__)
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    check = MISSING_COLUMN.check
    request.param(monkeypatch)
    yield request.param.__name__
    structs.force_setattr(MISSING_COLUMN, "check", check)


WHERE = {
    "broken_reader": ("app/notes.ts", 1, "its reader"),
    "broken_statement": ("supabase/migrations/20250101000000_init.sql", 2, "its reader"),
    "broken_replay": ("supabase/migrations/20250101000000_init.sql", 2, "the replay"),
    "broken_rule": ("app/absent.ts", 1, "FC103 missing-column"),
}


def test_it_is_one_problem_beside_the_rest_of_the_report(fault: str, hostile: Hostile) -> None:
    result = hostile.write({"app/absent.ts": SPARE}).scan("--format", "json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    (problem,) = (each for each in report["problems"] if each["internal"])
    path, line, part = WHERE[fault]
    assert (problem["path"], problem["line"]) == (path, line)
    assert problem["message"].startswith(f"internal error in {part}: KeyError: 'two\\nlines' (in analyzer.")
    if fault in ("broken_reader", "broken_rule"):
        assert [each["code"] for each in report["findings"]] == ["FC101"]
    assert report["summary"]["files"] == {"code": 2, "migrations": 1, "bundles": 0}


@pytest.mark.parametrize("form", reporter_names())
def test_every_format_tells_it(form: str, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_reader(monkeypatch)
    result = hostile.scan("--format", form)
    assert result.exit_code == 3
    assert "internal error in its reader" in result.stdout
    assert "Traceback" not in result.output
    if form == "junit":
        assert ElementTree.fromstring(result.stdout).attrib["errors"] == "1"
    if form == "sarif":
        (run,) = json.loads(result.stdout)["runs"]
        assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("command", ["refs", "schema"])
def test_listings_end_with_the_same_code(command: str, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from analyzer.cli import main

    broken_statement(monkeypatch)
    result = CliRunner().invoke(main, [command, str(hostile.path)])
    assert result.exit_code == 3
    assert result.stdout
    assert result.stderr.startswith("fromcheck: supabase/migrations/20250101000000_init.sql: internal error")
    assert result.stderr.count("\n") == 1


def test_no_baseline_is_written_of_half_a_report(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from analyzer.cli import main

    broken_reader(monkeypatch)
    result = CliRunner().invoke(main, ["baseline", "write", str(hostile.path)])
    assert result.exit_code == 3
    assert not (hostile.path / "fromcheck-baseline.json").exists()


def test_what_a_broken_statement_may_have_done_is_no_finding(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have enabled row level security, made the table that is missing, or anything else."""
    broken_statement(monkeypatch)
    result = hostile.write({"app/absent.ts": SPARE}).scan("--format", "json")
    assert {each["code"] for each in json.loads(result.stdout)["findings"]} == {"FC207"}


def test_a_broken_suggestion_costs_no_finding(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.suggest.Names.nearest", broken)
    result = hostile.write({"app/absent.ts": SPARE}).scan("--format", "json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert [(each["code"], each["suggestions"]) for each in report["findings"]] == [("FC101", [])]
    assert [each["path"] for each in report["problems"]] == ["app/absent.ts"]


def test_a_clock_that_goes_backwards_gives_no_negative_time(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(1_000_000, 0, -1))
    monkeypatch.setattr("time.monotonic", lambda: float(next(ticks)))
    assert hostile.report()["summary"]["seconds"] == 0
