"""What docs/security.md promises and no other folder of tests holds: nothing of the repository is run, nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from analyzer.cli import main

if TYPE_CHECKING:
    from conftest import Hostile

ROOT = Path(__file__).parents[2]
MIGRATION = "supabase/migrations/20250101000000_init.sql"
TRAP = "import pathlib, sys\npathlib.Path({marker!r}).write_text('run')\n"

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs a shell")


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "marker"


def test_nothing_of_the_scanned_folder_is_imported_or_run(hostile: Hostile, marker: Path) -> None:
    """Not even when it is the working directory, as it is for most who scan."""
    trap = TRAP.format(marker=str(marker))
    modules = (
        "sitecustomize",
        "usercustomize",
        "yaml",
        "click",
        "msgspec",
        "sqlglot",
        "tree_sitter",
        "json",
        "conftest",
    )
    hostile.write({f"{name}.py": trap for name in (*modules, "analyzer/__init__", "fromcheck")})
    hostile.write({"package.json": '{"scripts": {"prepare": "touch marker"}}', ".npmrc": "", ".env": "PATH=."})
    launch = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from analyzer.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-I", "-c", launch, "scan", ".", "--no-cache"],
        cwd=hostile.path,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert not marker.exists()


@needs_posix
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("place", ["", ".", "bin", None])
def test_a_git_that_the_folder_brings_is_not_run(
    place: str | None, hostile: Hostile, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("git", "bin/git"):
        hostile.write({name: f"#!/bin/sh\ntouch {marker}\n"})
        (hostile.path / name).chmod(0o755)
    subprocess.run(["git", "init", "-q"], cwd=hostile.path, check=True)
    first = str(hostile.path / "bin") if place is None else place
    monkeypatch.setenv("PATH", f"{first}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(hostile.path)
    assert hostile.scan().exit_code in (0, 1)
    assert not marker.exists()


TRAPS = (
    *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.alternateRefsCommand"),
    *("diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process"),
    *("credential.helper", "uploadpack.packObjectsHook", "gpg.program", "merge.x.driver"),
)


@needs_posix
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize(
    "command", [["scan"], ["scan", "--since", "HEAD~1"], ["scan", "--staged"], ["compat", "--base", "HEAD~1"], ["fix"]]
)
def test_nothing_that_the_repository_configures_for_git_is_run(
    command: list[str], hostile: Hostile, marker: Path
) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=b", *arguments], cwd=hostile.path, check=True)

    git("init", "-q")
    for number in range(2):
        hostile.write({"app/absent.ts": f"supabase.from('absent{number}').select('id');\n"})
        git("add", "-A")
        git("commit", "-q", "-m", f"{number}")
    trap = hostile.path / "trap.sh"
    hostile.write({"trap.sh": f"#!/bin/sh\ntouch {marker}\ncat\n", ".gitattributes": "* filter=x diff=x merge=x\n"})
    trap.chmod(0o755)
    for key in TRAPS:
        git("config", key, str(trap))
    git("config", "core.hooksPath", str(hostile.path / "hooks"))
    git("config", "filter.x.required", "true")
    git("config", "alias.ls-files", f"!{trap}")
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        for folder in ("hooks", ".git/hooks"):
            hostile.write({f"{folder}/{name}": trap.read_text()})
            (hostile.path / folder / name).chmod(0o755)
    hostile.write({"app/absent.ts": "supabase.from('unstaged').select('id');\n"})
    name, *options = command
    marker.unlink(missing_ok=True)
    done = CliRunner().invoke(main, [name, str(hostile.path), *options], prog_name="fromcheck")
    assert done.exit_code in (0, 1), done.output
    assert not marker.exists()


def test_no_connection_is_opened_and_no_process_but_git_started(hostile: Hostile, tmp_path: Path) -> None:
    """Held by Python's own audit events, of which every connection and every process is one."""
    watched = tmp_path / "watched"
    hook = (
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "def told(event, given):\n"
        "    if event in ('subprocess.Popen', 'os.system', 'os.exec', 'os.posix_spawn') or event.startswith('socket.'):\n"
        f"        open({str(watched)!r}, 'a').write(f'{{event}} {{given[0]!r}}\\n')\n"
        "sys.addaudithook(told)\n"
        "from analyzer.__main__ import main\n"
        "main()\n"
    )
    hostile.write({"app/absent.ts": "fetch('http://127.0.0.1:9/rest/v1/absent?select=id');\n"})
    command = [sys.executable, "-c", hook, "scan", str(hostile.path), "--no-cache", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    events = watched.read_text().splitlines() if watched.exists() else []
    assert [each for each in events if "subprocess.Popen" not in each or "git" not in each] == []


def test_files_are_written_only_where_the_command_line_says(hostile: Hostile, tmp_path: Path) -> None:
    before = {each for each in tmp_path.rglob("*") if each.is_file()}
    assert hostile.scan("--no-cache", "--format", "text", "--format", f"sarif:{tmp_path / 'out.sarif'}").exit_code in (
        0,
        1,
    )
    assert {each for each in tmp_path.rglob("*") if each.is_file()} - before == {tmp_path / "out.sarif"}


@pytest.mark.parametrize("key", ["sources", "model", "roots"])
@pytest.mark.parametrize(
    "outside", ["../outside.sql", "/etc/passwd.sql", "~/x.sql", "a/../../x.sql", "C:\\x.sql", "..\\x.sql"]
)
def test_the_configuration_names_nothing_outside(key: str, outside: str, hostile: Hostile) -> None:
    (hostile.path.parent / "outside.sql").write_text("create table secret (id int);")
    result = hostile.write({"fromcheck.yaml": f"{key}: ['{outside}']\n"}).scan("--format", "json")
    assert result.exit_code == 2
    assert "fromcheck.yaml:1: " in result.stderr
    assert "secret" not in result.output


@pytest.mark.parametrize(
    "toml",
    [
        '[db.migrations]\nschema_paths = ["../outside.sql", "/etc/passwd", "../../**/*.sql"]\n',
        '[functions.x]\nentrypoint = "../../outside.ts"\n',
    ],
)
def test_the_cli_s_configuration_leads_nowhere_outside(toml: str, hostile: Hostile) -> None:
    (hostile.path.parent / "outside.sql").write_text("create table secret (id int);")
    result = hostile.write({"supabase/config.toml": toml}).scan("--format", "json")
    assert result.exit_code in (0, 1)
    assert "public.secret" not in result.output


def test_imports_lead_nowhere_outside(hostile: Hostile) -> None:
    (hostile.path.parent / "outside.ts").write_text("export const T = 'secret';\n")
    code = "import { T } from '../../outside';\nimport { U } from '@x/outside';\nsupabase.from(T).select('id');\n"
    config = '{"compilerOptions": {"paths": {"@x/*": ["../../*", "/*"]}}, "extends": "../../../etc/passwd"}'
    report = hostile.write({"app/notes.ts": code, "tsconfig.json": config}).report()
    assert report["summary"]["references"]["resolved"] == 0


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "aliases (*name) are not supported"),
        ("fail_on: !!python/object/apply:os.system ['touch marker']\n", "tags"),
        ("exclude: !!python/name:os.system\n", "tags"),
        ("? [a, b]\n: c\n", "a key has to be plain text"),
        ("exclude: &a [*a]\n", "aliases"),
    ],
)
def test_yaml_makes_nothing_but_text_lists_and_mappings(text: str, told: str, hostile: Hostile) -> None:
    result = hostile.write({"fromcheck.yaml": text}).scan()
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("marker").exists()
