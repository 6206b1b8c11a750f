"""What the pages on hooks and CI tell people to copy, run as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.git.conftest import NEW, Repo, needs_git

pytestmark = [needs_git, pytest.mark.skipif(os.name != "posix", reason="the commands are for sh")]
ROOT = Path(__file__).parents[2]
LATEST = "supabase/migrations/20260101120000_latest.sql"


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(value: Any) -> list[str]:
    """The lines of a workflow that start fromcheck, wherever they stand."""
    if isinstance(value, dict):
        return [line for each in value.values() for line in commands(each)]
    if isinstance(value, list):
        return [line for each in value for line in commands(each)]
    return [line for line in value.splitlines() if line.startswith("fromcheck ")] if isinstance(value, str) else []


def shell(repo: Repo, line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The line as a shell runs it, with this very fromcheck as the command."""
    script = f'fromcheck() {{ "{sys.executable}" -m analyzer "$@"; }}\n{line}\n'
    return subprocess.run(
        ["sh", "-c", script], cwd=repo.path, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def branch(repo: Repo, remote: Repo) -> Repo:
    """A branch with one new finding, as CI checks it out."""
    repo.git("checkout", "-q", "-b", "mine")
    repo.commit({"app/new.ts": NEW, LATEST: "select 1;\n"})
    return repo


def test_the_commands_for_ci_do_what_they_say(branch: Repo) -> None:
    documents = [yaml.safe_load(each) for each in blocks("ci.md", "yaml")]
    lines = [line for each in documents for line in commands(each)]
    assert len(lines) == 4
    for line in lines:
        done = shell(branch, line, GITHUB_BASE_REF="main")
        assert done.returncode == (0 if "--fail-on never" in line else 1), (line, done.stderr)
        if "--since" in line:
            assert ("app/new.ts" in done.stdout, "app/old.ts" in done.stdout) == (True, False)
    for file in ("fromcheck.sarif", "gl-code-quality.json", "fromcheck.xml"):
        assert (branch.path / file).stat().st_size > 0
    workflow = documents[0]
    uploads = [
        each["with"]["sarif_file"]
        for each in workflow["jobs"]["fromcheck"]["steps"]
        if "sarif_file" in each.get("with", {})
    ]
    assert uploads == ["fromcheck.sarif"]


@pytest.mark.parametrize("page", ["ci.md", "hooks.md"])
def test_the_commands_by_hand_run(branch: Repo, page: str) -> None:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if line.startswith("fromcheck ")]
    assert lines
    for line in lines:
        if "$@" not in line:
            done = shell(branch, line)
            assert done.returncode in (0, 1), (line, done.stderr)


def test_what_install_tells_is_what_the_page_tells() -> None:
    from analyzer.hook.tools import HUSKY, LEFTHOOK

    page = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
    assert HUSKY.lines("pre-push").splitlines()[-1].strip() in page
    assert LEFTHOOK.lines("pre-push").split("\n\n", 1)[1] in page


def test_the_line_for_husky_judges_the_push(repo: Repo, remote: Repo) -> None:
    """husky runs its file with ``sh -e``, git's arguments and git's stdin."""
    line = next(each for each in blocks("hooks.md", "sh") if "$@" in each)
    repo.write({".husky/pre-push": line.replace("fromcheck ", f'"{sys.executable}" -m analyzer ', 1)})
    repo.write({".husky/_/pre-push": '#!/usr/bin/env sh\nsh -e "$(dirname "$(dirname "$0")")/$(basename "$0")" "$@"\n'})
    (repo.path / ".husky/_/pre-push").chmod(0o755)
    repo.git("config", "core.hooksPath", ".husky/_")
    repo.commit({"app/new.ts": NEW})
    done = repo.git("push", "origin", "main", ok=False)
    assert (done.returncode != 0, "is stopped: 1 new finding" in done.stderr) == (True, True)


def test_the_hook_for_the_pre_commit_framework(repo: Repo) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["stages"]) == ("fromcheck", ["pre-commit", "pre-push", "manual"])
    (block,) = (each for each in blocks("hooks.md", "yaml") if each.startswith("repos:"))
    (local,) = yaml.safe_load(block)["repos"][0]["hooks"]
    assert local["entry"] == hook["entry"]
    done = shell(repo, hook["entry"])
    assert (done.returncode, "app/old.ts" in done.stderr) == (1, True)


def test_all_files_with_nothing_to_scan_is_not_right(repo: Repo) -> None:
    repo.git("rm", "-rq", "supabase")
    repo.commit()
    done = shell(repo, "fromcheck hook run auto")
    assert (done.returncode, "no migrations" in done.stderr) == (2, True)
