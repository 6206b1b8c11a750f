"""Ignore comments and unreadable files in whole runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from analyzer.cli import main
from analyzer.config import Config
from analyzer.discover import WorkTree
from analyzer.engine import Options, Session

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "scan.json"
CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
CALL = "await supabase.from('agents').select('id');\n"
MIGRATION = "supabase/migrations/20250101000000_init.sql"
TABLE = (
    "create table notes (id int primary key);\nalter table notes enable row level security;"
    " create policy seen on notes for select using (true);"
    " create view seen with (security_invoker = on) as select id from notes;\n"
)


def scan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["scan", str(root), "--color", "never", *arguments], prog_name="fromcheck")


def document(root: Path, *arguments: str) -> Any:
    parsed = json.loads(scan(root, "--format", "json", *arguments).stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(parsed)
    return parsed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / MIGRATION).parent.mkdir(parents=True)
    (tmp_path / MIGRATION).write_text(TABLE)
    return tmp_path


def test_what_a_comment_silences_is_counted_and_shown_on_demand(root: Path) -> None:
    (root / "app.ts").write_text(f"{CLIENT}// fromcheck-ignore FC101: made by the billing service\n{CALL}")
    result = scan(root)
    assert result.exit_code == 0
    assert "No findings in 1 code file and 1 migration (1 suppressed)." in result.stdout
    shown = scan(root, "--show-suppressed").stdout
    assert "app.ts:4:22: suppressed[FC101] missing-table: no migration creates `public.agents`" in shown
    assert "(comment: made by the billing service)" in shown
    assert "suppressed" not in document(root)
    told = document(root, "--show-suppressed")
    assert (told["summary"]["suppressed"], told["findings"]) == (1, [])
    assert [(each["code"], each["by"]) for each in told["suppressed"]] == [("FC101", "comment")]


def test_an_unused_comment_is_a_warning(root: Path) -> None:
    (root / "app.ts").write_text(
        f"{CLIENT}// fromcheck-ignore FC101: gone\nawait supabase.from('notes').select('id');\n"
    )
    assert [(each["code"], each["severity"], each["line"]) for each in document(root)["findings"]] == [
        ("FC901", "warning", 3)
    ]
    assert document(root, "--select", "FC1")["findings"] == []
    assert document(root, "--select", "FC9")["findings"] == []


def test_a_migration_can_be_silenced(root: Path) -> None:
    (root / "app.ts").write_text(f"{CLIENT}await supabase.from('notes').select('id');\n")
    (root / MIGRATION).write_text("-- fromcheck-ignore FC301: read by all\ncreate table notes (id int primary key);\n")
    assert scan(root).exit_code == 0
    assert document(root)["summary"]["suppressed"] == 1


def test_silencing_one_of_several_alike_does_not_rename_the_others(root: Path) -> None:
    (root / "app.ts").write_text(CLIENT + CALL + CALL)
    _, second = (each["fingerprint"] for each in document(root)["findings"])
    (root / "app.ts").write_text(f"{CLIENT}// fromcheck-ignore FC101: why\n{CALL}\n\n{CALL}")
    assert [each["fingerprint"] for each in document(root)["findings"]] == [second]


class Locked(WorkTree):
    def read(self, path: str) -> bytes:
        if path == MIGRATION:
            raise PermissionError(13, "Permission denied")
        return super().read(path)


def test_what_a_migration_that_cannot_be_read_may_have_made_is_not_missing(root: Path) -> None:
    (root / "app.ts").write_text(CLIENT + CALL + "await supabase.rpc('f');\nawait supabase.storage.from('b').list();\n")
    (root / "supabase/migrations/20250102000000_more.sql").write_text("create table more (id int primary key);\n")
    report = Session(Locked(root), ".", Config(), Options()).scan()
    told = {(entry.code, entry.region.path) for entry in report.entries}
    # A file that comes before the table cannot have switched its row level security on.
    assert told == {("FC902", MIGRATION), ("FC301", "supabase/migrations/20250102000000_more.sql")}
    assert report.coverage.withheld == 4


def test_a_file_that_is_no_utf_8_is_a_warning_told_once(root: Path) -> None:
    (root / "app.ts").write_bytes(f"{CLIENT}const name = 'Jos\xe9';\nawait supabase.from('notes');\n".encode("latin-1"))
    told = document(root)
    assert [(each["code"], each["subject"], each["line"]) for each in told["findings"]] == [("FC902", "app.ts", 3)]
    assert [(each["path"], each["line"]) for each in told["problems"]] == [("app.ts", 3)]
    assert scan(root).stdout.count("this byte is not UTF-8") == 1
    assert scan(root, "--ignore", "FC902").stdout.count("this byte is not UTF-8") == 1
