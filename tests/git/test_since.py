"""``scan --since``, ``--staged`` and ``--after``: everything is analysed, and only what is new is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main
from tests.git.conftest import MIGRATION, NEW, PROJECT, Repo, needs_git

pytestmark = needs_git
GHOST = PROJECT["app/old.ts"]
LATER = "supabase/migrations/20250301000000_later.sql"


def scan(repo: Repo, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["scan", str(repo.path), *arguments], prog_name="fromcheck")


def found(repo: Repo, *arguments: str) -> tuple[list[tuple[str, str, int]], int]:
    """Code, subject and line of what is reported, and how much is not."""
    told = json.loads(scan(repo, "--format", "json", *arguments).stdout)
    return [(each["code"], each["path"], each["line"]) for each in told["findings"]], told["summary"]["older"]


# --- since a revision ---------------------------------------------------------------------------------------------------


def test_nothing_new_is_green_and_says_what_is_left_out(repo: Repo) -> None:
    result = scan(repo, "--since", "HEAD")
    assert result.exit_code == 0
    assert "No new findings in 2 code files and 1 migration (1 not new since HEAD)." in result.stdout


def test_only_what_is_new_is_reported(repo: Repo) -> None:
    repo.write({"app/new.ts": NEW})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/new.ts", 1)], 1)
    assert scan(repo, "--since", "HEAD").exit_code == 1


def test_code_that_nobody_touched_is_reported_when_a_migration_breaks_it(repo: Repo) -> None:
    repo.write({LATER: "drop table public.deals;\n"})
    codes = found(repo, "--since", "HEAD")
    assert ([(code, path) for code, path, _ in codes[0]], codes[1]) == ([("FC102", "app/page.ts")], 1)


def test_a_branch_is_compared_with_where_it_left(repo: Repo) -> None:
    """What ``main`` has mended since is not what this branch breaks."""
    repo.git("checkout", "-q", "-b", "mine")
    repo.commit({"app/new.ts": NEW})
    repo.git("checkout", "-q", "main")
    repo.commit({"app/old.ts": "export const q = 1;\n"})
    repo.git("checkout", "-q", "mine")
    assert found(repo, "--since", "main") == ([("FC101", "app/new.ts", 1)], 1)


def test_lines_and_files_that_move_bring_nothing(repo: Repo) -> None:
    repo.git("mv", "app/old.ts", "app/moved.ts")
    repo.write({"app/moved.ts": "\n\n" + GHOST, "app/page.ts": "\n" + PROJECT["app/page.ts"]})
    assert found(repo, "--since", "HEAD") == ([], 1)


def test_what_was_mended_in_one_file_does_not_make_up_for_another(repo: Repo) -> None:
    repo.write({"app/old.ts": "export const q = 1;\n", "app/other.ts": GHOST})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/other.ts", 1)], 0)


def test_of_several_alike_the_new_one_is_reported(repo: Repo) -> None:
    repo.write({"app/old.ts": "export const r = supabase.from('ghosts').select('name');\n" + GHOST})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/old.ts", 1)], 1)


def test_taking_out_an_ignore_comment_brings_its_finding(repo: Repo) -> None:
    quiet = GHOST.rstrip() + " // fromcheck-ignore FC101: later\n"
    repo.commit({"app/old.ts": quiet})
    assert found(repo, "--since", "HEAD") == ([], 0)
    repo.write({"app/old.ts": GHOST})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/old.ts", 1)], 0)


def test_silencing_one_of_two_does_not_hide_a_new_one(repo: Repo) -> None:
    quiet = GHOST.rstrip() + " // fromcheck-ignore FC101: later\n"
    repo.write({"app/old.ts": quiet + "export const r = supabase.from('ghosts').select('name');\n"})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/old.ts", 2)], 0)


def test_a_baseline_takes_what_is_old_and_not_what_is_new(repo: Repo) -> None:
    CliRunner().invoke(main, ["baseline", "write", str(repo.path)])
    repo.commit()
    repo.write({"app/old.ts": "export const r = supabase.from('ghosts').select('name');\n" + GHOST})
    findings, older = found(repo, "--since", "HEAD")
    assert ([each[0] for each in findings], older) == (["FC101"], 0)


def test_a_rule_that_was_turned_on_since_brings_nothing(repo: Repo) -> None:
    repo.commit({"fromcheck.yaml": "severity:\n  FC101: off\n"})
    repo.write({"fromcheck.yaml": "severity:\n  FC101: critical\n"})
    assert found(repo, "--since", "HEAD") == ([], 1)


def test_what_the_project_was_made_of_is_what_its_configuration_said_then(repo: Repo) -> None:
    """A file that is not left out any more is one that this change brings."""
    repo.commit({"app/agents.ts": NEW, "fromcheck.yaml": "exclude: [app/agents.ts]\n"})
    repo.write({"fromcheck.yaml": "fail_on: error\n"})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/agents.ts", 1)], 1)


def test_a_broken_configuration_of_then_keeps_nobody_from_mending_it(repo: Repo) -> None:
    repo.commit({"fromcheck.yaml": "nonsense: [\n"})
    repo.write({"fromcheck.yaml": "fail_on: warning\n", "app/new.ts": NEW})
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/new.ts", 1)], 1)


def test_where_neither_configuration_fits_what_was_it_is_said_that_all_of_it_may_be_old(repo: Repo) -> None:
    repo.commit({"fromcheck.yaml": "nonsense: [\n"})
    repo.write({"fromcheck.yaml": "roots: [web]\n", **{f"web/{name}": text for name, text in PROJECT.items()}})
    told = json.loads(scan(repo, "--format", "json", "--since", "HEAD").stdout)
    assert [each["path"] for each in told["findings"]] == ["web/app/old.ts"]
    assert [each["message"][:8] for each in told["problems"]] == ["at HEAD:"]


def test_where_there_was_no_project_everything_is_new(repo: Repo) -> None:
    repo.git("checkout", "-q", "--orphan", "bare")
    repo.git("rm", "-rfq", ".")
    repo.commit({"README.md": "nothing yet\n"})
    repo.write(PROJECT)
    assert found(repo, "--since", "HEAD") == ([("FC101", "app/old.ts", 1)], 0)


def test_what_could_not_be_read_then_is_said(repo: Repo) -> None:
    name = repo.git("rev-parse", f"HEAD:{MIGRATION}").stdout.strip()
    (repo.path / ".git/objects" / name[:2] / name[2:]).unlink()
    repo.write({MIGRATION: PROJECT[MIGRATION] + "-- more\n"})
    told = json.loads(scan(repo, "--format", "json", "--since", "HEAD").stdout)
    assert {each["path"]: each["message"] for each in told["problems"]}[MIGRATION].startswith("at HEAD: cannot be read")


@pytest.mark.parametrize("revision", ["nowhere", "--all", ""])
def test_a_revision_that_is_none_is_exit_code_2(repo: Repo, revision: str) -> None:
    result = scan(repo, f"--since={revision}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "revision" in result.stderr or "no such commit" in result.stderr


def test_no_repository_is_exit_code_2(tmp_path: Path) -> None:
    plain = Repo(tmp_path / "plain")
    plain.write(PROJECT)
    for option in ("--since=HEAD", "--staged"):
        result = scan(plain, option)
        assert (result.exit_code, "not in a git repository" in result.stderr) == (2, True)


def test_a_shallow_clone_says_what_to_do(repo: Repo, tmp_path: Path) -> None:
    first = repo.git("rev-parse", "HEAD").stdout.strip()
    repo.commit({"app/new.ts": NEW})
    clone = Repo(tmp_path / "clone")
    clone.git("clone", "-q", "--depth", "1", repo.path.as_uri(), ".")
    result = scan(clone, "--since", first)
    assert (result.exit_code, "git fetch --unshallow" in result.stderr) == (2, True)


def test_a_folder_of_the_repository_is_compared_with_itself(repo: Repo, tmp_path: Path) -> None:
    nested = Repo(tmp_path / "nested")
    nested.git("init", "-q")
    nested.commit({f"web/{name}": text for name, text in PROJECT.items()})
    nested.write({"web/app/new.ts": NEW})
    assert found(Repo(nested.path / "web"), "--since", "HEAD") == ([("FC101", "app/new.ts", 1)], 1)


def test_a_root_that_was_not_there_brings_all_that_is_in_it(repo: Repo) -> None:
    repo.write({f"web/{name}": text for name, text in PROJECT.items()})
    assert found(repo, "--since", "HEAD", "--root", "web") == ([("FC101", "web/app/old.ts", 1)], 0)


# --- staged -------------------------------------------------------------------------------------------------------------


def test_what_is_staged_is_judged_and_not_what_is_on_disk(repo: Repo) -> None:
    repo.write({"app/new.ts": NEW})
    assert found(repo, "--staged") == ([], 1)
    repo.git("add", "-A")
    repo.write({"app/new.ts": "export const q = 1;\n"})
    assert found(repo, "--staged") == ([("FC101", "app/new.ts", 1)], 1)


def test_the_first_commit_brings_everything(tmp_path: Path) -> None:
    fresh = Repo(tmp_path / "fresh")
    fresh.git("init", "-q")
    fresh.write(PROJECT)
    fresh.git("add", "-A")
    assert found(fresh, "--staged") == ([("FC101", "app/old.ts", 1)], 0)


# --- after a migration --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["20250101000000", "20250101000000_deals", "20250101000000_deals.sql", MIGRATION])
def test_only_what_later_migrations_bring_is_reported(repo: Repo, version: str) -> None:
    repo.write({LATER: "alter table public.deals drop column name;\ncreate table public.logs (id bigint);\n"})
    repo.write({"app/name.ts": "export const q = supabase.from('deals').select('name');\n"})
    findings, older = found(repo, "--after", version)
    assert [(code, path) for code, path, _ in findings] == [
        ("FC103", "app/name.ts"),
        ("FC301", LATER),
        ("FC501", LATER),
    ]
    assert older == 1
    assert found(repo, "--after", "20250301000000") == ([], 4)


def test_a_version_that_is_none_is_exit_code_2(repo: Repo) -> None:
    result = scan(repo, "--after", "2024")
    assert (result.exit_code, "20250101000000" in result.stderr) == (2, True)


# --- how it is told -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "grouped", "github", "markdown", "json", "json-lines", "sarif"])
def test_every_format_counts_what_is_left_out(repo: Repo, form: str) -> None:
    result = scan(repo, "--since", "HEAD", "--format", form)
    said = ("1 not new since HEAD", "1 more finding was there at HEAD", '"older": 1', '"older":1')
    assert any(each in result.stdout for each in said)


@pytest.mark.parametrize("form", ["concise", "junit", "gitlab"])
def test_where_a_format_has_no_place_for_it_stderr_says_so(repo: Repo, form: str) -> None:
    assert "1 more finding was there at HEAD" in scan(repo, "--since", "HEAD", "--format", form).stderr


def test_the_ways_to_choose_do_not_go_together(repo: Repo) -> None:
    assert scan(repo, "--since", "HEAD", "--staged").exit_code == 2
    assert scan(repo, "--after", "1", "--stdin-filename", "a.ts").exit_code == 2
