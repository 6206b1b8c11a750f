"""What the page on editors tells people to copy."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from analyzer.cli import main

ROOT = Path(__file__).parents[2]


def test_the_problem_matcher_reads_the_concise_report() -> None:
    page = (ROOT / "docs/editors.md").read_text()
    task = next(each for each in re.findall(r"```json\n(.*?)```", page, re.DOTALL) if "problemMatcher" in each)
    pattern = json.loads(task)["tasks"][0]["problemMatcher"]["pattern"]
    arguments = ["scan", str(ROOT / "samples/persona-studio"), "--no-cache", "--format", "concise"]
    lines = CliRunner().invoke(main, arguments).stdout.splitlines()
    found = [match for line in lines if (match := re.match(pattern["regexp"], line))]
    first = found[0]
    named = (first[pattern["file"]], first[pattern["line"]], first[pattern["column"]], first[pattern["code"]])
    assert named == ("app/agents/[id]/channels/actions.ts", "8", "48", "FC101")
    assert len(found) == sum("[FC" in line for line in lines)
