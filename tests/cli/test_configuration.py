"""What fromcheck.yaml does to a scan, and ``fromcheck init``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from analyzer.engine import Options, Session

Run = Callable[..., Result]
Project = Callable[[Mapping[str, str]], Path]

CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
MIGRATION = "supabase/migrations/20250101000000_init.sql"
CALL = f"{CLIENT}await supabase.from('legacy_agents').select('id');\n"
FILES = {
    MIGRATION: "create table legacy_notes (id int primary key);\n"
    "create view seen with (security_invoker = on) as select id from legacy_notes;\n",
    "app.ts": CALL,
    "app.test.ts": CALL,
    "scripts/seed.ts": CALL,
}
APP, TEST, SCRIPT = (
    ("FC101", "app.ts", "error"),
    ("FC101", "app.test.ts", "info"),
    ("FC101", "scripts/seed.ts", "error"),
)
OPEN = ("FC301", MIGRATION, "critical")


def found(run: Run, root: Path, config: str) -> tuple[set[tuple[str, str, str]], Any]:
    (root / "fromcheck.yaml").write_text(config)
    result = run("scan", root, "--format", "json", "--show-suppressed")
    assert result.stderr == ""
    document = json.loads(result.stdout)
    return {(each["code"], each["path"], each["severity"]) for each in document["findings"]}, document


def lowered(finding: tuple[str, str, str], severity: str) -> tuple[str, str, str]:
    return (*finding[:2], severity)


@pytest.mark.parametrize(
    ("config", "left", "suppressed"),
    [
        ("", {APP, TEST, SCRIPT, OPEN}, 0),
        ("severity: {FC301: off}\n", {APP, TEST, SCRIPT}, 0),
        ("ignore: [FC3]\n", {APP, TEST, SCRIPT}, 0),
        ("ignore: [{objects: public.legacy_*}]\n", set(), 4),
        ("ignore: [{objects: public}]\n", set(), 4),
        ("ignore: [{objects: [public.legacy_notes, agents]}]\n", {APP, TEST, SCRIPT}, 1),
        ("ignore: [{rules: FC1, objects: public.legacy_notes}]\n", {APP, TEST, SCRIPT, OPEN}, 0),
        ("ignore: [{rules: FC101, paths: [scripts/, '*.test.ts']}]\n", {APP, OPEN}, 2),
        ("levels: {scripts/: warning}\n", {APP, TEST, lowered(SCRIPT, "warning"), OPEN}, 0),
        ("levels: {tests: critical}\n", {APP, lowered(TEST, "error"), SCRIPT, OPEN}, 0),
        ("levels: {tests: off}\n", {APP, SCRIPT, OPEN}, 1),
        (
            "severity: {FC101: critical}\nlevels: {'app*': warning}\n",
            {lowered(APP, "warning"), TEST, lowered(SCRIPT, "critical"), OPEN},
            0,
        ),
    ],
)
def test_what_is_left(
    run: Run, project: Project, config: str, left: set[tuple[str, str, str]], suppressed: int
) -> None:
    told, document = found(run, project(FILES), config)
    assert told == left
    assert document["summary"]["suppressed"] == suppressed
    assert {each["by"] for each in document["suppressed"]} <= {"configuration"}


def test_the_reason_is_shown(run: Run, project: Project) -> None:
    root = project(FILES)
    found(run, root, "ignore: [{objects: public.legacy_*, reason: the old app}]\n")
    assert (
        "legacy_agents`, so this select fails (configuration: the old app)"
        in run("scan", root, "--show-suppressed").stdout
    )


def test_a_code_that_means_no_rule_is_an_error(run: Run, project: Project) -> None:
    for config, told in (
        ("severity:\n  FC101: info\n  FC999: info\n", "3: severity: there is no rule FC999"),
        ("# mine\nignore: [FC8]\n", "2: ignore: there is no rule FC8"),
        ("ignore:\n- FC1\n- {rules: FC888, paths: a}\n", "3: ignore: there is no rule FC888"),
        ("select: [FC1,\n  FC8]\n", "2: select: there is no rule FC8"),
    ):
        root = project({**FILES, "fromcheck.yaml": config})
        result = run("scan", root)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"fromcheck.yaml:{told}" in result.stderr


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("roots:\n  - .\n  - apps/wbe\n", "fromcheck.yaml:3: roots: apps/wbe holds no supabase/ project (found: .)"),
        ("\nsources: [db/*.sql]\n", "fromcheck.yaml:2: sources: 'db/*.sql' matches no file"),
        ("model:\n- docs/model.md\n", "fromcheck.yaml:2: model: 'docs/model.md' matches no file"),
    ],
)
def test_what_is_named_and_not_there_is_told_with_its_line(run: Run, project: Project, config: str, told: str) -> None:
    result = run("scan", project({**FILES, "fromcheck.yaml": config}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize(
    ("config", "toml", "granted"),
    [
        ("auto", "true", True),
        ("auto", "false", False),
        ("true", "false", True),
        ("false", "true", False),
    ],
)
def test_the_configuration_says_whether_new_tables_are_exposed(
    project: Project, config: str, toml: str, granted: bool
) -> None:
    root = project(
        {
            **FILES,
            "fromcheck.yaml": f"auto_expose_new_tables: {config}\n",
            "supabase/config.toml": f"[api]\nauto_expose_new_tables = {toml}\n",
        }
    )
    (linked,) = Session.open(root, Options()).projects
    table = linked.catalog.relation("public", "legacy_notes")
    assert table is not None
    assert linked.catalog.may(table.oid, "anon", "select") is granted


# --- init -------------------------------------------------------------------------------------------------------------


def test_init_writes_a_file_that_changes_nothing(run: Run, project: Project) -> None:
    root = project(FILES)
    before = run("scan", root, "--format", "concise").stdout
    result = run("init", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{root / 'fromcheck.yaml'} is written")
    assert (root / "fromcheck.yaml").read_text().endswith("# fail_on: error\n")
    assert run("scan", root, "--format", "concise").stdout == before


@pytest.mark.parametrize("name", ["fromcheck.yaml", "fromcheck.yml"])
def test_init_keeps_what_is_there(run: Run, project: Project, name: str) -> None:
    root = project({name: "fail_on: never\n"})
    result = run("init", root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--force writes over it" in result.stderr
    assert (root / name).read_text() == "fail_on: never\n"
    assert run("init", root, "--force").exit_code == 0
    assert "fail_on: error" in (root / name).read_text()
    assert [path.name for path in root.iterdir()] == [name]


def test_init_in_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "none").exit_code == 2
