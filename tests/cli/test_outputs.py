"""``--format`` and ``--output``: what goes where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "persona-studio"


def scan(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analyzer", "scan", str(SAMPLE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_several_formats_at_once(tmp_path):
    done = scan("--format", "concise", "--format", f"json:{tmp_path}/r.json", "--format", f"sarif:{tmp_path}/r.sarif")
    assert done.returncode == 1
    found = json.loads((tmp_path / "r.json").read_text())["findings"]
    assert len(done.stdout.splitlines()) == len(found) > 0
    assert len(json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"]) == len(found)


def test_output_takes_the_place_of_stdout(tmp_path):
    done = scan("--format", "json", "-o", f"{tmp_path}/r.json")
    assert done.stdout == ""
    assert json.loads((tmp_path / "r.json").read_text())["version"] == 1


def test_a_file_is_never_coloured(tmp_path):
    scan("--color", "always", "-o", f"{tmp_path}/r.txt")
    assert "\x1b" not in (tmp_path / "r.txt").read_text()


def test_what_cannot_be_is_said(tmp_path):
    for arguments, said in [
        (("--format", "concise", "--format", "json"), "Only one format can go to stdout"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--format", "json:"), "names no file"),
        (("--format", f"json:{tmp_path}/a", "-o", f"{tmp_path}/b"), "nothing to take"),
        (("-o", f"{tmp_path}/none/r.txt"), "cannot write"),
    ]:
        done = scan(*arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
