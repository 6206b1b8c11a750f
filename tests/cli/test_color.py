from __future__ import annotations

import os
import pty
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from click.testing import Result

Run = Callable[..., Result]
Started = Callable[..., "CompletedProcess[bytes]"]
ESCAPE = "\x1b["


@pytest.mark.parametrize(
    ("arguments", "env", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_without_a_terminal(run: Run, arguments: list[str], env: dict[str, str], colored: bool) -> None:
    result = run("rules", *arguments, **env)
    assert result.exit_code == 0
    assert (ESCAPE in result.stdout) is colored


@pytest.mark.parametrize(
    ("env", "colored"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_on_a_terminal(start: Started, env: dict[str, str], colored: bool) -> None:
    ours, theirs = pty.openpty()
    try:
        done = start("explain", "FC301", stdout=theirs, **env)
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert (ESCAPE in shown) is colored


def test_json_has_no_colour(run: Run) -> None:
    assert ESCAPE not in run("rules", "--format", "json", "--color", "always").stdout
