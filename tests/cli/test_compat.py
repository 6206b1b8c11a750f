"""What breaks while a change goes live, in real repositories; each expectation is worked out from the two schemas by hand."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

Run = Callable[..., Result]
Project = Callable[[Mapping[str, str]], Path]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
RLS = "alter table deals enable row level security;\n"
FIRST = "supabase/migrations/20250101000000_init.sql"
SECOND = "supabase/migrations/20250201000000_next.sql"
BASE = {
    FIRST: f"create table deals (id bigint primary key, title text, state text);\n{RLS}",
    "app/deals.ts": f"{CLIENT}await supabase.from('deals').select('id, title');\n",
}
SELECT_NAME = f"{CLIENT}await supabase.from('deals').select('id, name');\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def changed(project: Project) -> Callable[..., Path]:
    """A repository whose branch ``main`` holds ``before``, and whose folder then holds ``after`` besides."""

    def make(after: Mapping[str, str | None], before: Mapping[str, str] = BASE) -> Path:
        root = project(before)
        git(root, "init", "-q", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "before")
        git(root, "switch", "-q", "-c", "change")
        project({name: text for name, text in after.items() if text is not None})
        for name in (name for name, text in after.items() if text is None):
            (root / name).unlink()
        return root

    return make


def judged(run: Run, root: Path, *arguments: str) -> tuple[int, dict[str, list[tuple[str, int, str, str]]], Any]:
    """The exit code, what breaks on each side, and the document."""
    result = run("compat", root, "--base", "main", "--no-cache", "--format", "json", *arguments)
    document = json.loads(result.stdout)
    scan = Resource.from_contents(json.loads((SCHEMAS / "scan.json").read_text()))
    schema = json.loads((SCHEMAS / "compat.json").read_text())
    Draft202012Validator(schema, registry=Registry().with_resource("scan.json", scan)).validate(document)
    sides = {
        side: [(each["path"], each["line"], each["code"], each["subject"]) for each in document[side]["findings"]]
        for side in ("deployed", "ahead", "own")
    }
    return result.exit_code, sides, document


def test_a_renamed_column_breaks_the_old_code_on_the_new_schema_and_the_new_code_on_the_old(
    run: Run, changed: Callable[..., Path]
) -> None:
    root = changed({SECOND: "alter table deals rename column title to name;\n", "app/deals.ts": SELECT_NAME})
    code, sides, document = judged(run, root)
    assert code == 1
    assert sides == {
        "deployed": [("app/deals.ts", 3, "FC103", "public.deals.title")],
        "ahead": [("app/deals.ts", 3, "FC103", "public.deals.name")],
        "own": [],
    }
    related = document["deployed"]["findings"][0]["related"][0]
    assert (related["path"], related["line"]) == (SECOND, 1)


def test_a_dropped_column_that_no_code_uses_any_more_may_be_dropped_once_the_code_is_live(
    run: Run, changed: Callable[..., Path]
) -> None:
    root = changed(
        {
            SECOND: "alter table deals drop column title;\n",
            "app/deals.ts": f"{CLIENT}await supabase.from('deals').select('id');\n",
        }
    )
    assert judged(run, root)[0] == 1
    assert judged(run, root, "--first", "code")[0] == 0
    assert judged(run, root, "--first", "any")[0] == 1
    assert "Let the code go live before the migrations" in run("compat", root, "--base", "main", "--no-cache").stdout


def test_a_new_table_wants_the_migrations_first(run: Run, changed: Callable[..., Path]) -> None:
    root = changed(
        {
            SECOND: "create table notes (id bigint primary key);\nalter table notes enable row level security;\n",
            "app/notes.ts": f"{CLIENT}await supabase.from('notes').select('id');\n",
        }
    )
    code, sides, _ = judged(run, root)
    assert code == 0
    assert sides == {"deployed": [], "ahead": [("app/notes.ts", 3, "FC101", "public.notes")], "own": []}
    assert judged(run, root, "--first", "code")[0] == 1
    shown = run("compat", root, "--base", "main", "--no-cache").stdout
    assert "on the new schema: nothing breaks." in shown
    assert "Let the migrations go live before the code." in shown


def test_a_column_that_must_have_a_value_breaks_the_inserts_that_run_now(
    run: Run, changed: Callable[..., Path]
) -> None:
    insert = {**BASE, "app/new.ts": f"{CLIENT}await supabase.from('deals').insert({{ id: 1, title: 'a' }});\n"}
    root = changed({SECOND: "alter table deals add column owner uuid not null;\n"}, insert)
    code, sides, _ = judged(run, root)
    assert code == 1
    assert sides["deployed"] == [("app/new.ts", 3, "FC108", "public.deals.owner")]
    assert sides["own"] == [("app/new.ts", 3, "FC108", "public.deals.owner")]


def test_functions_and_buckets_that_go_are_told_with_their_callers(run: Run, changed: Callable[..., Path]) -> None:
    before = {
        FIRST: "create function total(n int) returns int language sql as 'select n';\n"
        "insert into storage.buckets (id, name) values ('avatars', 'avatars');\n",
        "app/a.ts": f"{CLIENT}await supabase.rpc('total', {{ n: 1 }});\nsupabase.storage.from('avatars').list();\n",
    }
    gone = "drop function total(int);\ndelete from storage.buckets where id = 'avatars';\n"
    root = changed({SECOND: gone, "app/a.ts": CLIENT}, before)
    deployed = judged(run, root)[1]["deployed"]
    assert [(line, code) for _, line, code, _ in deployed] == [(3, "FC104"), (4, "FC114")]


def test_what_failed_already_is_no_matter_of_the_change(run: Run, changed: Callable[..., Path]) -> None:
    before = {**BASE, "app/old.ts": f"{CLIENT}await supabase.from('gone').select('id');\n"}
    root = changed({SECOND: "create table notes (id bigint primary key);\n"}, before)
    code, sides, _ = judged(run, root)
    assert code == 0
    assert sides == {"deployed": [], "ahead": [], "own": []}
    assert "either order" in run("compat", root, "--base", "main", "--no-cache").stdout


def test_what_the_base_has_gained_since_is_not_taken_for_dropped(run: Run, changed: Callable[..., Path]) -> None:
    """A branch that is behind: merging it keeps the base's newer migration, so the base's newer code goes on working."""
    root = changed({SECOND: "alter table deals add column note text;\n"})
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "change")
    git(root, "switch", "-q", "main")
    later = "supabase/migrations/20250115000000_tags.sql"
    (root / later).write_text(
        "create table tags (id bigint primary key);\nalter table tags enable row level security;\n"
    )
    (root / "app/tags.ts").write_text(f"{CLIENT}await supabase.from('tags').select('id');\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "later")
    git(root, "switch", "-q", "change")
    assert judged(run, root)[:2] == (0, {"deployed": [], "ahead": [], "own": []})


def test_generated_types_go_with_the_schema(run: Run, changed: Callable[..., Path]) -> None:
    """Types that know the new table already are no sign that the old schema has it."""
    types = (
        "export type Json = string;\nexport type Database = {\n  public: {\n    Tables: {\n      notes: {\n"
        "        Row: { id: number }\n        Insert: { id?: number }\n        Update: { id?: number }\n      }\n"
        "    }\n  }\n}\n"
    )
    root = changed(
        {
            SECOND: "create table notes (id bigint primary key);\nalter table notes enable row level security;\n",
            "lib/database.types.ts": types,
            "app/notes.ts": f"{CLIENT}await supabase.from('notes').select('id');\n",
        }
    )
    assert judged(run, root)[1]["ahead"] == [("app/notes.ts", 3, "FC101", "public.notes")]


def test_the_base_is_the_remotes_default_branch_when_none_is_named(
    run: Run, changed: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = changed({SECOND: "alter table deals drop column title;\n"})
    remote = tmp_path_factory.mktemp("remote")
    git(remote, "init", "-q", "--bare", "-b", "main")
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "-q", "origin", "main")
    result = run("compat", root, "--no-cache")
    assert result.exit_code == 1
    assert "The code of origin/main (" in result.stdout
    assert "app/deals.ts:3:42" in result.stdout


@pytest.mark.parametrize(("base", "message"), [("nowhere", "nowhere: "), ("--all", "'--all' is no revision")])
def test_a_base_that_is_none_is_wrong_usage(run: Run, changed: Callable[..., Path], base: str, message: str) -> None:
    result = run("compat", changed({}), f"--base={base}", "--no-cache")
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_a_remote_the_base_has_to_be_named(run: Run, changed: Callable[..., Path]) -> None:
    result = run("compat", changed({}), "--no-cache")
    assert result.exit_code == 2
    assert "--base" in result.stderr


def test_a_base_without_a_schema_is_never_green(run: Run, changed: Callable[..., Path]) -> None:
    root = changed({FIRST: BASE[FIRST]}, {"app/deals.ts": BASE["app/deals.ts"]})
    result = run("compat", root, "--base", "main", "--no-cache")
    assert result.exit_code == 2
    assert "nothing to compare with" in result.stderr
