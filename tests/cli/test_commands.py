"""What needs no project: help, version, rules, explain, and how rules are chosen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from analyzer.check import all_rules
from analyzer.cli.options import reporter_names
from analyzer.registry import find_constants

Run = Callable[..., Result]
READERS = {"tree_sitter", "sqlglot", "yaml", "pathspec", "rapidfuzz", "analyzer.engine", "analyzer.code"}


def test_version(run: Run) -> None:
    assert run("--version").stdout == "fromcheck 0.1.0\n"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: fromcheck" in result.stderr


def test_help_names_every_command_and_exit_code(run: Run) -> None:
    shown = run("--help").stdout
    for word in ("scan", "schema", "refs", "rules", "explain", "Exit codes", "Examples:"):
        assert word in shown


@pytest.mark.parametrize("command", ["scan", "schema", "refs", "rules", "explain"])
def test_every_command_has_help(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: fromcheck {command}")


def loaded(*arguments: str) -> set[str]:
    """The modules that a process holds after running a command line, those of Python's own start left out."""
    program = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        f"sys.argv = ['fromcheck', *{arguments}]\n"
        "from analyzer.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )
    return set(json.loads(done.stderr))


def test_a_process_that_ends_at_once_has_written_everything_and_has_its_exit_code() -> None:
    for arguments, code, end in ((["rules", "--format", "json"], 0, "}"), (["scan", "/nowhere"], 2, "")):
        command = [sys.executable, "-m", "analyzer", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
        assert done.returncode == code
        assert done.stdout.strip().endswith(end)
        assert bool(done.stderr) == (code == 2)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_imports_next_to_nothing(option: str) -> None:
    assert loaded(option) - {"__future__"} == {"analyzer", "analyzer.__main__"}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["scan", "--help"], ["schema", "--help"], ["rules"], ["explain", "FC101"]]
)
def test_what_reads_no_project_imports_no_reader(arguments: list[str]) -> None:
    assert not loaded(*arguments) & READERS


def test_help_of_a_command_imports_no_other_command_and_no_reporter() -> None:
    modules = loaded("scan", "--help")
    assert {each for each in modules if each.startswith("analyzer.cli.commands.")} == {"analyzer.cli.commands.scan"}
    assert not {each for each in modules if each.startswith("analyzer.reporters.")}


def test_formats_are_the_reporters() -> None:
    assert reporter_names() == sorted(each.name for each in find_constants("analyzer.reporters", "REPORTER"))


# --- rules ------------------------------------------------------------------------------------------------------------


def test_rules_lists_all(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [[each.code, each.name, each.severity.label] for each in all_rules()]


def test_rules_as_json(run: Run) -> None:
    document = json.loads(run("rules", "--format", "json").stdout)
    assert document["version"] == 1
    assert {
        "code": "FC101",
        "name": "missing-table",
        "severity": "error",
        "summary": "code names a table or view that no migration creates",
    } in document["rules"]


# --- explain ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["FC101", "fc101", "missing-table", "Missing-Table"])
def test_explain_prints_the_page(run: Run, word: str) -> None:
    shown = run("explain", word).stdout
    assert shown.startswith(
        "# FC101 missing-table (error)\n\nCode asks for a table or view that no migration creates.\n"
    )
    assert "## Bad" in shown
    assert "PGRST205" in shown


def test_every_rule_has_a_page(run: Run) -> None:
    for rule in all_rules():
        page = run("explain", rule.code).stdout
        assert len(page.splitlines()) > 5, rule.code


@pytest.mark.parametrize(
    ("word", "near"), [("FC1O1", "FC101"), ("FC199", "FC1"), ("mising-table", "FC101 (missing-table)")]
)
def test_explain_names_the_nearest(run: Run, word: str, near: str) -> None:
    result = run("explain", word)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"there is no rule '{word}'. Did you mean {near}" in result.stderr


# --- choosing rules ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "FC777"], "there is no rule 'FC777'"),
        (["--select", "FC1,,FC2"], "there is no rule ''"),
        (["--select", ""], "there is no rule ''"),
        (["--ignore", "nothing-such"], "there is no rule 'nothing-such'"),
        (["--ignore", "FC"], "leave no rule"),
        (["--select", "FC101", "--ignore", "missing-table"], "leave no rule"),
        (["--fail-on", "fatal"], "'fatal' is not one of 'critical', 'error', 'warning', 'info', 'never'"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--quiet", "--verbose"], "do not go together"),
        (["one", "two"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_2_and_stdout_stays_empty(run: Run, arguments: list[str], said: str) -> None:
    result = run("scan", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_choices_in_every_spelling() -> None:
    from analyzer.cli.selection import chosen_codes

    chosen = chosen_codes(["fc101, FC3", "dropped-table"], ["Missing-Bucket"])
    assert chosen == (("FC101", "FC3", "FC102"), ("FC114",))
