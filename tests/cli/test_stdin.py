"""``--stdin-filename``: unsaved text is judged within the project."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main
from tests.cli.conftest import Project

MIGRATION = "supabase/migrations/20250101000000_init.sql"
FILES = {
    MIGRATION: "create table public.deals (id bigint primary key, name text);\n"
    "alter table public.deals enable row level security;\n",
    "app/page.ts": "export const q = supabase.from('deals').select('id');\n",
    "app/other.ts": "export const q = supabase.from('ghosts').select('id');\n",
    "app/tables.ts": "export const TABLE = 'deals';\n",
    "app/uses.ts": "import { TABLE } from './tables';\nexport const q = supabase.from(TABLE).select('id');\n",
}


def judge(root: Path, file: object, text: str, *more: str) -> Result:
    """The outcome of a scan of this text as that file."""
    arguments = ["scan", str(root), "--no-cache", "--stdin-filename", str(file), *more]
    return CliRunner().invoke(main, arguments, input=text.encode(), prog_name="fromcheck")


def found(result: Result) -> list[tuple[str, str, int]]:
    """What a JSON report finds: code, file, line."""
    assert result.stdout, result.stderr
    return [(each["code"], each["path"], each["line"]) for each in json.loads(result.stdout)["findings"]]


def test_only_the_given_text_is_reported_and_not_what_is_on_disk(project: Project) -> None:
    root = project(FILES)
    text = "\nexport const q = supabase.from('dealz').select('id');\n"
    result = judge(root, root / "app/page.ts", text, "--format", "json")
    assert (result.exit_code, found(result)) == (1, [("FC101", "app/page.ts", 2)])
    assert (root / "app/page.ts").read_text() == FILES["app/page.ts"]


def test_text_that_mends_the_file_is_fine(project: Project) -> None:
    root = project(FILES)
    result = judge(root, root / "app/other.ts", "supabase.from('deals').select('name');\n", "--format", "json")
    assert (result.exit_code, found(result)) == (0, [])


def test_unsaved_sql_is_replayed(project: Project) -> None:
    root = project(FILES)
    result = judge(root, root / MIGRATION, "create table public.deals (id bigint primary key);\n", "--format", "json")
    assert found(result) == [("FC301", MIGRATION, 1)]


def test_a_file_that_is_not_on_disk_counts_with_what_it_imports(project: Project) -> None:
    root = project({**FILES, "app/tables.ts": "export const TABLE = 'phantoms';\n"})
    text = "import { TABLE } from './tables';\nexport const r = supabase.from(TABLE).select('id');\n"
    result = judge(root, root / "app/new.ts", text, "--format", "json")
    assert found(result) == [("FC101", "app/new.ts", 2)]


def test_a_new_migration_is_applied_after_the_others(project: Project) -> None:
    root = project(FILES)
    text = "alter table public.deals drop column stage;\n"
    result = judge(root, root / "supabase/migrations/20250102000000_new.sql", text, "--format", "json")
    assert [line for _, _, line in found(result)] == [1]


def test_a_relative_file_is_below_the_working_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(FILES)
    monkeypatch.chdir(root / "app")
    result = judge(Path(".."), "page.ts", "supabase.from('dealz').select('id');\n", "--format", "concise")
    assert (result.exit_code, result.stdout.startswith("app/page.ts:1:16:")) == (1, True)


def test_a_folder_may_be_reached_by_a_link(project: Project, tmp_path: Path) -> None:
    root = project({f"real/{name}": text for name, text in FILES.items()}) / "real"
    os.symlink(root, tmp_path / "link")
    for folder, file in ((tmp_path / "link", root / "app/page.ts"), (root, tmp_path / "link/app/page.ts")):
        result = judge(folder, file, "supabase.from('dealz').select('id');\n", "--format", "json")
        assert found(result) == [("FC101", "app/page.ts", 1)]


def test_a_file_outside_of_the_project_is_wrong_usage(project: Project, tmp_path: Path) -> None:
    root = project({f"web/{name}": text for name, text in FILES.items()}) / "web"
    result = judge(root, tmp_path / "elsewhere.ts", "x")
    assert result.exit_code == 2
    assert "elsewhere.ts is not in" in result.stderr


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("README.txt", "neither code nor part of a schema"),
        ("app/made.ts", "git ignores it"),
        ("app/ignored.ts", "git ignores it"),
        ("node_modules/x/index.js", "nobody wrote"),
        ("examples/demo.ts", "`exclude` leaves it out"),
        ("app/lib.min.js", "minified"),
    ],
)
def test_a_file_that_no_scan_looks_at_has_no_findings_and_it_is_said_why(project: Project, file: str, why: str) -> None:
    ignored = {
        "app/ignored.ts": "x\n",
        ".gitignore": "made.ts\nignored.ts\n",
        "fromcheck.yaml": "exclude: [examples/]\n",
    }
    root = project({**FILES, **ignored})
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    result = judge(root, root / file, "supabase.from('dealz').select('id');\n", "--format", "json")
    assert (result.exit_code, found(result)) == (0, [])
    assert why in result.stderr


def test_every_format_is_that_of_one_file(project: Project) -> None:
    root = project(FILES)
    text = "supabase.from('dealz').select('id');\n"
    for form in ("text", "concise", "sarif", "github", "gitlab", "junit", "markdown", "grouped", "json-lines"):
        result = judge(root, root / "app/page.ts", text, "--format", form)
        assert result.exit_code == 1
        assert "dealz" in result.stdout
        assert "ghosts" not in result.stdout


def test_counts_are_those_of_the_file(project: Project) -> None:
    root = project(FILES)
    text = "// fromcheck-ignore FC101: later\nsupabase.from('dealz').select('id');\n"
    result = judge(root, root / "app/page.ts", text, "--format", "json")
    summary = json.loads(result.stdout)["summary"]
    assert (summary["findings"], summary["suppressed"], summary["baselined"]) == (0, 1, 0)
    assert (summary["files"]["code"], summary["files"]["migrations"]) == (4, 1)
