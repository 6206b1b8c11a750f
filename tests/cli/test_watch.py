"""``fromcheck watch`` in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import PLAIN, ROOT, Project

FILES = {
    "supabase/migrations/20250101000000_init.sql": "create table public.deals (id bigint primary key);\n"
    "alter table public.deals enable row level security;\n",
    "page.ts": "supabase.from('ghosts').select('id');\n",
}


def until(lines: Iterator[str], words: str) -> None:
    """Read on until a line holds these words."""
    assert any(words in line for line in lines), f"it ended before it said {words!r}"


def test_the_report_is_printed_anew_when_a_file_changes_until_ctrl_c(project: Project) -> None:
    root: Path = project(FILES)
    command = [sys.executable, "-m", "analyzer", "watch", str(root), "--no-cache", "--quiet"]
    environment = {**PLAIN, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True, encoding="utf-8"
    ) as run:
        try:
            assert run.stdout is not None
            lines = iter(run.stdout)
            until(lines, "ghosts")
            (root / "page.ts").write_text("supabase.from('phantoms').select('id');\n")
            until(lines, "phantoms")
            (root / "fromcheck.yaml").write_text("nonsense: 1\n")
            until(lines, "nonsense")
            (root / "fromcheck.yaml").unlink()
            until(lines, "phantoms")
            run.send_signal(signal.SIGINT)
            assert run.wait(20) == 0
            assert "Traceback" not in run.stdout.read()
        finally:
            run.kill()
