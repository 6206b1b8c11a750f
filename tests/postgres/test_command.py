"""The command, end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analyzer", "verify", *arguments], capture_output=True, text=True, check=False
    )


def test_a_sample_with_many_refused_statements_is_the_same_on_both_sides():
    done = verify(str(SAMPLES / "persona-studio"), "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["differences"] == []


def test_what_the_replay_cannot_know_is_told(tmp_path):
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "20250101000000_init.sql").write_text(
        "do $$ begin execute chr(99) || 'reate table odd (id int)'; end $$;\nselect 1 / 0;"
    )
    done = verify(str(tmp_path))
    assert done.returncode == 1
    assert "relation public.odd" in done.stdout
    assert "20250101000000_init.sql:2: 22012 division by zero" in done.stdout


@pytest.mark.parametrize("url", ["nonsense", "postgresql://someone:secret@localhost:1/db"])
def test_a_database_that_cannot_be_reached_is_said_without_its_password(url):
    done = verify(str(SAMPLES / "persona-studio"), "--database-url", url)
    assert done.returncode == 2
    assert "--database-url" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
