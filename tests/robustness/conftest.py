"""Projects that mean harm, and the program as whoever scans them meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main

ROOT = Path(__file__).parents[2]
SCHEMA = (
    "create table notes (id uuid primary key, title text);\nalter table notes enable row level security;"
    " create policy seen on notes for select using (true);"
    " create view seen with (security_invoker = on) as select id from notes;\n"
)
CODE = "const { data } = await supabase.from('notes').select('id, title');\n"
MIGRATION = "supabase/migrations/20250101000000_init.sql"


@dataclass(frozen=True)
class Hostile:
    """A project on disk: a sound migration and a sound file of code, and whatever a test puts beside them."""

    path: Path

    def write(self, files: Mapping[str, str | bytes]) -> Hostile:
        for name, content in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def scan(self, *options: str) -> Result:
        return CliRunner(env={"NO_COLOR": "1"}).invoke(main, ["scan", str(self.path), *options], prog_name="fromcheck")

    def report(self, *options: str) -> dict[str, Any]:
        """The public JSON of a scan that did not fail."""
        result = self.scan("--format", "json", *options)
        assert result.exit_code in (0, 1), result.output
        return json.loads(result.stdout)

    def problems(self) -> dict[str, str]:
        return {each["path"]: each["message"] for each in self.report()["problems"]}


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path / "project").write({MIGRATION: SCHEMA, "app/notes.ts": CODE})


@pytest.fixture
def start() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The program in a process of its own; keywords are environment variables."""

    def launch(*arguments: str | bytes | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "analyzer", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
        return subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)

    return launch
