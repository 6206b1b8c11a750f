"""What a long scan says on a terminal, and nowhere else."""

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path

import pytest

from analyzer.cli.terminal import patience
from analyzer.engine import Options, Session


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_how_far_it_is_and_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    done = iter([0, 30])
    with patience("reading", lambda: (next(done, 60), 60), after=0.0):
        until = time.monotonic() + 10
        while "100%" not in stream.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    shown = stream.getvalue()
    assert [each for each in ("reading", "50%", "100%") if each not in shown] == []
    assert shown.endswith("\x1b[A\x1b[K")
    assert "\x1b[?25h" in shown, "the cursor is shown again"


def test_a_bar_is_no_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "80")
    with patience(f"reading /home/someone/{'projects/' * 9}app", lambda: (30, 60), after=0.0):
        until = time.monotonic() + 10
        while "50%" not in stream.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    drawn = re.split(r"[\r\n]", stream.getvalue().replace("\x1b[?25l", "").replace("\x1b[?25h", ""))
    assert "50%" in "".join(drawn)
    assert max(map(len, drawn)) <= 80
    assert any(line.startswith("reading /home/") for line in drawn)


@pytest.mark.parametrize(("stream", "after"), [(Terminal(), 60.0), (io.StringIO(), 0.0)])
def test_what_is_quick_or_is_no_terminal_says_nothing(
    stream: io.StringIO, after: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with patience("reading", lambda: (1, 2), after):
        time.sleep(0.1)
    assert stream.getvalue() == ""


def test_a_session_tells_how_many_files_are_read(tmp_path: Path) -> None:
    for path in ("supabase/migrations/1_a.sql", "supabase/migrations/2_b.sql", "a.ts", "b.ts", "c.ts"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    session = Session.open(tmp_path, Options())
    assert session.progress == (0, 0)
    session.scan()
    assert session.progress == (5, 5)
