"""Whatever happens: a documented exit code, a line on stderr, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import Result

from analyzer.cli.failure import exit_code_of
from analyzer.model.errors import ConfigError, NothingToScan

ROOT = Path(__file__).parents[2]

Run = Callable[..., Result]
Started = Callable[..., "CompletedProcess[bytes]"]


def raising(error: BaseException) -> Callable[[], object]:
    def run() -> object:
        raise error

    return run


@pytest.mark.parametrize(("returned", "code"), [(None, 0), (0, 0), (1, 1)])
def test_a_run_that_ends_has_its_own_code(returned: int | None, code: int) -> None:
    assert exit_code_of(lambda: returned) == code


@pytest.mark.parametrize("error", [ConfigError("fromcheck.yaml:3: no"), NothingToScan("fromcheck.yaml:3: no")])
def test_what_the_user_can_mend_is_2(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(raising(error)) == 2
    assert capsys.readouterr() == ("", "fromcheck: fromcheck.yaml:3: no\n")


def test_what_we_did_wrong_is_3_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FROMCHECK_TRACEBACK", raising=False)
    assert exit_code_of(raising(ValueError("two\nlines \x1b[31m"))) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("fromcheck: internal error: ValueError: two\\nlines \\x1b[31m (in analyzer.cli.failure:")
    assert err.count("\n") == 1


def test_a_traceback_only_on_demand(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROMCHECK_TRACEBACK", "1")
    assert exit_code_of(raising(RecursionError("deep"))) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (RuntimeError("broken"), 3, "fromcheck: internal error: RuntimeError: broken (in analyzer."),
        (MemoryError(), 3, "fromcheck: internal error: MemoryError"),
        (ConfigError("wrong"), 2, "fromcheck: wrong\n"),
    ],
)
def test_through_the_command_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, said: str
) -> None:
    monkeypatch.setattr("analyzer.check.all_rules", raising(error))
    result = run("rules")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(said)


def test_an_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.check.all_rules", raising(KeyboardInterrupt()))
    result = run("rules")
    assert (result.exit_code, result.output.strip()) == (130, "")


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "FC101"], ["rules", "--format", "json"]])
def test_a_reader_that_has_gone_is_no_failure(start: Started, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = start(*arguments, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_stdout_is_no_failure() -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m analyzer rules >&-", shell=True, cwd=ROOT, stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_usage_errors_come_from_a_process_of_its_own_too(start: Started) -> None:
    done = start("scan", "--fail-on", "fatal")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Usage: fromcheck scan" in done.stderr
