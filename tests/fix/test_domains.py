"""Missing tables of five small apps: what is written is what an owner would merge, and the scan is clean with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from tests.fix.domains import DOMAINS, Domain


def found(root: Path) -> set[tuple[str, str]]:
    scan = CliRunner().invoke(main, ["scan", str(root), "--format", "json", "--no-cache"], prog_name="fromcheck")
    return {(each["code"], each["subject"]) for each in json.loads(scan.stdout)["findings"]}


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda each: each.name)
def test_a_missing_table_is_made_as_its_owner_would(tmp_path: Path, domain: Domain) -> None:
    domain.write(tmp_path)
    before = found(tmp_path)
    done = CliRunner().invoke(main, ["fix", str(tmp_path), "--write", *domain.arguments()], prog_name="fromcheck")
    assert done.exit_code == 0
    files = sorted((tmp_path / "supabase/migrations").iterdir())
    made = "".join(each.read_text() for each in files if each.name not in domain.migrations)
    starts = {table: made.index(f"create table public.{table} (") for table in domain.order}
    assert [*starts.values()] == sorted(starts.values())
    assert made.count("create table public.") == len(domain.order)
    for table, lines in domain.lines.items():
        end = min((each for each in starts.values() if each > starts[table]), default=None)
        for line in lines:
            assert line in made[starts[table] : end], f"{table}: {line}"
    new = found(tmp_path) - before
    # That nobody is let in where no column says whose rows they are is told, and meant.
    assert new <= {("FC302", f"public.{table}") for table in domain.order}, new
    assert all(code in ("FC302", "FC501") for code, _ in found(tmp_path))
    for code, subject in new:
        assert any(f"({code})" in line and f"`{subject}`" in line for line in done.stderr.splitlines())
