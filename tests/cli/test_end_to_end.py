"""Whole runs over small projects: what is printed, and the exit code."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]
Started = Callable[..., "CompletedProcess[bytes]"]
Project = Callable[[Mapping[str, str]], Path]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
PERSONAS = "create table personas (id uuid primary key, name text not null);\n"
SAFE = (
    "alter table personas enable row level security; create policy seen on personas for select using (true);"
    " create view seen with (security_invoker = on) as select id from personas;\n"
)
MIGRATION = "supabase/migrations/20250101000000_init.sql"

CLEAN = {MIGRATION: PERSONAS + SAFE, "app.ts": f"{CLIENT}await supabase.from('personas').select('id');\n"}
ERROR = {MIGRATION: PERSONAS + SAFE, "app.ts": f"{CLIENT}await supabase.from('agents').select('id');\n"}
CRITICAL = {**CLEAN, MIGRATION: PERSONAS}


def validated(document: str, schema: str) -> Any:
    """The parsed document, once it is what the published schema says."""
    parsed = json.loads(document)
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text())).validate(parsed)
    return parsed


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        (CLEAN, [], 0),
        (CLEAN, ["--fail-on", "critical"], 0),
        (ERROR, [], 1),
        (ERROR, ["--fail-on", "error"], 1),
        (ERROR, ["--fail-on", "warning"], 1),
        (ERROR, ["--fail-on", "critical"], 0),
        (ERROR, ["--fail-on", "never"], 0),
        (ERROR, ["--ignore", "FC101"], 0),
        (ERROR, ["--select", "missing-table"], 1),
        (CRITICAL, ["--fail-on", "critical"], 1),
        (CRITICAL, ["--fail-on", "never"], 0),
    ],
)
def test_the_verdict(run: Run, project: Project, files: dict[str, str], arguments: list[str], code: int) -> None:
    result = run("scan", project(files), *arguments)
    assert (result.exit_code, result.stderr) == (code, "")


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"README.md": "nothing"}, "scan"),
        ({"README.md": "nothing"}, "schema"),
        ({"README.md": "nothing"}, "refs"),
        ({"app.ts": CLEAN["app.ts"]}, "scan"),
        ({MIGRATION: PERSONAS}, "scan"),
        ({MIGRATION: PERSONAS}, "refs"),
    ],
)
def test_nothing_to_look_at_is_never_green(run: Run, project: Project, files: dict[str, str], command: str) -> None:
    result = run(command, project(files))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("fromcheck: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["scan", "schema", "refs"])
def test_a_folder_that_is_not_there(run: Run, tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path / "missing")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("command", ["scan", "schema", "refs"])
def test_a_root_that_is_not_there(run: Run, project: Project, command: str) -> None:
    result = run(command, project(CLEAN), "--root", "apps/web")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "apps/web" in result.stderr


def test_a_configuration_that_is_wrong(run: Run, project: Project) -> None:
    folder = project({**CLEAN, "fromcheck.yaml": "no_such_key: 1\n"})
    result = run("scan", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no_such_key" in result.stderr


# --- scan -------------------------------------------------------------------------------------------------------------


def test_text(run: Run, project: Project) -> None:
    shown = run("scan", project(ERROR)).stdout
    assert "app.ts:3:22: error[FC101] missing-table: no migration creates `public.agents`" in shown
    assert "\n3 | await supabase.from('agents').select('id');\n  |                      ^^^^^^\n" in shown
    assert "\n1 finding: 1 error.\n" in shown
    assert "Read 1 code file and 1 migration in " in shown


def test_nothing_found_says_what_was_read(run: Run, project: Project) -> None:
    shown = run("scan", project(CLEAN)).stdout
    assert shown.startswith("No findings in 1 code file and 1 migration.\n")
    assert "1 reference resolved, 0 not" in shown


def test_json(run: Run, project: Project) -> None:
    document = validated(run("scan", project(ERROR), "--format", "json").stdout, "scan.json")
    (finding,) = document["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("FC101", "app.ts", 3, 22)
    assert document["summary"]["error"] == 1


def test_two_runs_are_alike_but_for_seconds(start: Started, project: Project) -> None:
    folder = project({**ERROR, "b.ts": ERROR["app.ts"]})
    first, second = (start("scan", folder, "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert re.sub(rb'"seconds": [\d.]+', b"", first) == re.sub(rb'"seconds": [\d.]+', b"", second)
    assert first.endswith(b"}\n")
    assert not first.endswith(b"\n\n")


def test_names_from_the_code_cannot_act_on_the_terminal(run: Run, project: Project) -> None:
    hostile = {**ERROR, "app.ts": f"{CLIENT}await supabase.from('a\x1b[31m\u202eb').select('id');\n"}
    folder = project(hostile)
    shown = run("scan", folder).stdout
    assert "\\x1b[31m\\u202eb" in shown
    assert not set("\x1b\u202e") & set(shown)
    written = run("scan", folder, "--format", "json").stdout
    assert json.loads(written)["findings"][0]["subject"] == "public.a\x1b[31m\u202eb"
    assert not set("\x1b\u202e") & set(written)


@pytest.mark.parametrize("form", ["text", "json"])
def test_stdout_is_utf_8_in_any_locale(start: Started, project: Project, form: str) -> None:
    folder = project({**ERROR, "app.ts": f"{CLIENT}await supabase.from('日本').select('id');\n"})
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = start("scan", folder, "--format", form, **plain)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "public.日本" in done.stdout.decode("utf-8")


def test_a_path_that_is_not_utf_8(start: Started, project: Project) -> None:
    folder = project(ERROR)
    try:
        os.rename(os.fsencode(folder / "app.ts"), os.fsencode(folder) + b"/caf\xe9.ts")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for form in ("text", "json"):
        done = start("scan", folder, "--format", form)
        assert (done.returncode, done.stderr) == (1, b"")
        assert "caf\\udce9.ts" in done.stdout.decode("utf-8").replace("\\\\", "\\")


@pytest.mark.parametrize(("files", "code"), [(CLEAN, 0), (ERROR, 1)])
def test_the_verdict_stands_when_the_reader_has_gone(
    start: Started, project: Project, files: dict[str, str], code: int
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = start("scan", project(files), stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (code, b"")


# --- refs -------------------------------------------------------------------------------------------------------------


REFS = {
    MIGRATION: PERSONAS + SAFE,
    "app.ts": CLIENT
    + "await supabase.from('personas').select('id, name');\nawait supabase.storage.from('avatars').list();\n"
    + "export const any = (name: string) => supabase.from(name).select();\n",
}


def test_refs_as_text(run: Run, project: Project) -> None:
    result = run("refs", project(REFS))
    assert result.exit_code == 0
    first, second, _, unresolved, _, total = result.stdout.splitlines()
    assert first == "app.ts:3:22: table public.personas select (id, name)"
    assert second.startswith("app.ts:4:30: bucket avatars")
    assert unresolved.startswith("app.ts:5:52: unresolved table: ")
    assert total == "2 references resolved, 1 not."


def test_refs_as_json(run: Run, project: Project) -> None:
    document = validated(run("refs", project(REFS), "--format", "json").stdout, "refs.json")
    assert [(each["kind"], each["name"]) for each in document["references"]] == [
        ("table", "personas"),
        ("bucket", "avatars"),
    ]
    assert [each["line"] for each in document["unresolved"]] == [5]


# --- schema -----------------------------------------------------------------------------------------------------------

SCHEMA = {
    MIGRATION: """\
create type mood as enum ('sad', 'ok');
create table companies (id bigint generated by default as identity primary key, slug text not null unique);
create table deals (
  id uuid primary key default gen_random_uuid(),
  company_id bigint references companies (id) on delete cascade,
  feeling mood
);
create index deals_company_idx on deals (company_id);
alter table deals enable row level security;
create policy "Deals are read" on deals for select to authenticated using (true);
""",
    "supabase/migrations/20250201000000_next.sql": "alter table nothing add column a int;\n",
}


def test_schema_as_text(run: Run, project: Project) -> None:
    result = run("schema", project(SCHEMA))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"table public.companies  RLS off  {MIGRATION}:2:14",
        "  id    bigint not null generated by default as identity",
        "  slug  text not null",
        "  primary key (id)",
        "  unique (slug)",
        "",
        f"table public.deals  RLS on  {MIGRATION}:3:14",
        "  id          uuid not null default gen_random_uuid()",
        "  company_id  bigint",
        "  feeling     public.mood",
        "  primary key (id)",
        "  foreign key (company_id) references public.companies (id) on delete cascade",
        "  index deals_company_idx (company_id)",
        '  policy "Deals are read" for select to authenticated',
        "",
        "Enums",
        "  public.mood: sad, ok",
        "",
        'supabase/migrations/20250201000000_next.sql:1: fails with 42P01: relation "nothing" does not exist',
        "2 relations. 1 statement fails; `supabase db reset` stops at supabase/migrations/20250201000000_next.sql:1.",
    ]


def test_schema_as_json(run: Run, project: Project) -> None:
    document = validated(run("schema", project(SCHEMA), "--format", "json").stdout, "schema.json")
    assert [each["name"] for each in document["relations"]] == ["companies", "deals"]
    assert document["replay"]["first_failure"]["sqlstate"] == "42P01"


def test_schema_lists_what_supabase_ships_on_demand(run: Run, project: Project) -> None:
    result = run("schema", project(SCHEMA), "--include-managed", "--format", "json")
    document = validated(result.stdout, "schema.json")
    assert {"schema": "auth", "name": "users"}.items() <= next(
        each.items() for each in document["relations"] if each["schema"] == "auth" and each["name"] == "users"
    )


def test_a_schema_that_replays_from_first_to_last(run: Run, project: Project) -> None:
    assert "2 relations. The migrations apply from first to last.\n" in run("schema", project(CLEAN)).stdout


def test_what_a_library_warns_of_reaches_nobody(project: Project, start: Started) -> None:
    # Python's regular expressions warn of such a set, and pathspec hands the pattern on.
    files = {"supabase/migrations/20250101000000_a.sql": "", "app.ts": "", "fromcheck.yaml": "exclude: ['[[a]x/']\n"}
    assert start("scan", project(files), "--no-cache").stderr == b""
