"""The README shows what the tool really prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli.main import main

ROOT = Path(__file__).parent.parent.parent


def timeless(text: str) -> str:
    return re.sub(r"in [0-9.]+ m?s:", "in … s:", text)


def test_the_readme_shows_the_real_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```text\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    result = CliRunner().invoke(main, ["scan", "samples/persona-studio", "--color", "never"])
    assert timeless(result.output).rstrip().splitlines() == timeless(shown[1]).splitlines()
    assert result.exit_code == 1


def test_the_readme_lists_every_rule() -> None:
    from analyzer.check import all_rules

    listed = dict(re.findall(r"^\| (FC\d{3}) \| (.*?) \|$", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert listed == {rule.code: rule.summary for rule in all_rules()}
