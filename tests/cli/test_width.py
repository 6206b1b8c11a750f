"""The report on a terminal of 80 columns, as its user sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest

from analyzer.reporter import cells
from tests.cli.conftest import PLAIN

SAMPLE = Path(__file__).parents[2] / "samples" / "persona-studio"
SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(*arguments: str, columns: int = 80, **env: str) -> list[str]:
    """The lines that a scan leaves on a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    pieces: list[bytes] = []
    reading = threading.Thread(target=_read, args=(ours, pieces))
    reading.start()
    command = [sys.executable, "-m", "analyzer", "scan", str(SAMPLE), "--no-cache", *arguments]
    try:
        done = subprocess.run(
            command, stdout=theirs, stderr=subprocess.PIPE, check=False, env={**PLAIN, "TERM": "xterm-256color", **env}
        )
    finally:
        os.close(theirs)
        reading.join()
        os.close(ours)
    assert (done.returncode, done.stderr) == (1, b"")
    return b"".join(pieces).decode().replace("\r\n", "\n").splitlines()


def _read(terminal: int, pieces: list[bytes]) -> None:
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # nobody writes any more
            return
        if not piece:
            return
        pieces.append(piece)


@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_is_broken_by_the_terminal(columns: int) -> None:
    plain = [SGR.sub("", line) for line in shown(columns=columns)]
    wide = [line.strip() for line in plain if cells(line) > columns]
    # What is wider than a line by itself, such as a command to copy, is kept in one.
    assert [line for line in wide if not re.fullmatch(r"(?:= )?(?:`[^`]+`|\S+)[.,:?]?", line)] == []
    assert any(line.startswith("     ") for line in plain)


def test_colour_changes_nothing_but_colour() -> None:
    colored, plain = shown(), shown(NO_COLOR="1")
    assert any(SGR.search(line) for line in colored)
    assert not any("\x1b" in line for line in plain)
    timed = re.compile(r"[0-9.]+ s:$")
    assert [timed.sub("", SGR.sub("", line)) for line in colored] == [timed.sub("", line) for line in plain]


def test_one_line_a_finding_stays_one_line() -> None:
    lines = [SGR.sub("", line) for line in shown("--format", "concise")]
    assert all(re.match(r"\S+:\d+:\d+: ", line) for line in lines[:-1])
