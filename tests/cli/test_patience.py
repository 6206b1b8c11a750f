"""What a long scan says on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys
import time

import pytest

from analyzer.cli.terminal import patience


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "after", "expected"),
    [(Terminal(), 0.0, "reading …\r\x1b[K"), (Terminal(), 60.0, ""), (io.StringIO(), 0.0, "")],
)
def test_it_says_what_takes_long_and_takes_it_back(
    stream: io.StringIO, after: float, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with patience("reading", after):
        time.sleep(0.2)
    assert stream.getvalue() == expected
