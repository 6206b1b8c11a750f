"""Small projects on disk, and the program as its users meet it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main

ROOT = Path(__file__).parents[2]
PLAIN = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}

Run = Callable[..., Result]
Started = Callable[..., "subprocess.CompletedProcess[bytes]"]
Project = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("scan", path, NO_COLOR="1")``: in this process, stdout and stderr apart."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: object, **env: str) -> Result:
        return CliRunner(env=env).invoke(main, [str(each) for each in arguments], prog_name="fromcheck")

    return invoke


@pytest.fixture
def start() -> Started:
    """The same in a process of its own; keywords are environment variables."""

    def launch(*arguments: object, stdout: int = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "analyzer", *map(str, arguments)]
        environment = {**PLAIN, "PYTHONPATH": str(ROOT), **env}
        return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)

    return launch


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Writes files below a new folder, and returns that."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return write
