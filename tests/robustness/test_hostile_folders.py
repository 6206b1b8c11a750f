"""Folders that lie in wait: links, pipes, names, other repositories. What git and the walk list is held in tests/discover."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING, Protocol
from xml.etree import ElementTree

import pytest

from analyzer.cli.options import reporter_names

if TYPE_CHECKING:
    from conftest import Hostile

MIGRATION = "supabase/migrations/20250101000000_init.sql"
MISSING = "await supabase.from('absent').select('id');\n"
SECRET = "a secret that no report shows"

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Start(Protocol):
    def __call__(self, *arguments: str | bytes | Path, **env: str) -> CompletedProcess[bytes]: ...


def codes(hostile: Hostile) -> list[tuple[str, str]]:
    found = ((each["path"], each["code"]) for each in hostile.report()["findings"])
    return [each for each in found if each[0] != MIGRATION]


# --- links and odd files ------------------------------------------------------------------------------------------------


@needs_posix
@pytest.mark.parametrize(
    "name",
    [
        "app/secret.ts",
        MIGRATION,
        "supabase/config.toml",
        "supabase/roles.sql",
        "tsconfig.json",
        "package.json",
        "supabase/schemas/a.sql",
        "types/database.types.ts",
        "docs/model.md",
    ],
)
def test_nothing_outside_is_read_through_a_link(name: str, hostile: Hostile, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text(f"{SECRET}; create table notes (id int, {SECRET.replace(' ', '_')} int);\n")
    (hostile.path / name).unlink(missing_ok=True)
    (hostile.path / name).parent.mkdir(parents=True, exist_ok=True)
    (hostile.path / name).symlink_to(outside)
    result = hostile.scan("--format", "json", "--verbose")
    assert result.exit_code in (0, 1, 2)
    assert SECRET not in result.output
    assert SECRET.replace(" ", "_") not in result.output


@needs_posix
@pytest.mark.parametrize("name", ["fromcheck.yaml", "fromcheck-baseline.json"])
def test_the_tools_own_files_are_not_read_outside_either(name: str, hostile: Hostile, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text(f"{SECRET}: {SECRET}")
    (hostile.path / name).symlink_to(tmp_path / "outside")
    result = hostile.scan()
    assert result.exit_code == 2
    assert SECRET not in result.output
    assert f"{name}: cannot be read: it leads out of the scanned folder" in result.stderr


@needs_posix
@pytest.mark.parametrize("name", ["fromcheck.yaml", "fromcheck-baseline.json"])
def test_a_link_within_the_folder_is_followed(name: str, hostile: Hostile) -> None:
    content = "fail_on: never\n" if name.endswith("yaml") else '{"version": 1, "findings": []}'
    hostile.write({"settings/kept": content})
    (hostile.path / name).symlink_to("settings/kept")
    assert hostile.scan().exit_code == 0


@needs_posix
def test_a_baseline_is_not_written_through_a_link_that_leads_out(hostile: Hostile, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from analyzer.cli import main

    victim = tmp_path / "victim"
    victim.write_text("kept")
    for name, command in (("fromcheck-baseline.json", ["baseline", "write"]), ("fromcheck.yaml", ["init", "--force"])):
        (hostile.path / name).symlink_to(victim)
        result = CliRunner().invoke(main, [*command, str(hostile.path)])
        assert result.exit_code == 2, result.output
        assert victim.read_text() == "kept"
        (hostile.path / name).unlink()


@needs_posix
def test_links_that_loop_pipes_sockets_and_devices(hostile: Hostile) -> None:
    (hostile.path / "app" / "again").symlink_to("..")
    (hostile.path / "app" / "self.ts").symlink_to("self.ts")
    (hostile.path / "app" / "null.ts").symlink_to("/dev/zero")
    os.mkfifo(hostile.path / "app" / "pipe.ts")
    os.mkfifo(hostile.path / "supabase" / "config.toml")
    os.mkfifo(hostile.path / "tsconfig.json")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(hostile.path / "app" / "socket.ts"))
    problems = hostile.problems()
    assert {"app/self.ts", "app/null.ts", "app/pipe.ts", "app/socket.ts"} <= set(problems)
    assert hostile.report()["summary"]["references"]["resolved"] == 1


@needs_posix
@pytest.mark.parametrize("name", ["fromcheck.yaml", "fromcheck-baseline.json"])
def test_a_pipe_in_place_of_a_file_of_ours_is_not_waited_for(name: str, hostile: Hostile) -> None:
    os.mkfifo(hostile.path / name)
    assert hostile.scan().exit_code == 2


@needs_posix
@pytest.mark.parametrize(
    ("name", "command"),
    [("fromcheck.yaml", ["init", "--force"]), ("fromcheck-baseline.json", ["baseline", "write"])],
)
def test_a_pipe_in_place_of_a_file_of_ours_is_not_written_to(
    name: str, command: list[str], hostile: Hostile, start: Start
) -> None:
    os.mkfifo(hostile.path / name)
    done = start(*command, hostile.path)
    assert done.returncode == 2
    assert f"{name}: it is not a file".encode() in done.stderr


@needs_posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(hostile: Hostile) -> None:
    hostile.write({"app/closed.ts": MISSING, "shut/inner.ts": MISSING})
    (hostile.path / "app/closed.ts").chmod(0)
    (hostile.path / "shut").chmod(0)
    assert {"app/closed.ts", "shut"} <= set(hostile.problems())


def test_what_cannot_be_read_is_told_and_the_rest_is_checked(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.discover import WorkTree

    whole = WorkTree.read

    def read(self: WorkTree, path: str) -> bytes:
        if "closed" in path:
            raise PermissionError(13, "Permission denied")
        return whole(self, path)

    monkeypatch.setattr(WorkTree, "read", read)
    hostile.write({"app/closed.ts": MISSING, "app/absent.ts": MISSING})
    assert hostile.problems() == {"app/closed.ts": "cannot be read: Permission denied"}
    assert codes(hostile) == [("app/absent.ts", "FC101"), ("app/closed.ts", "FC902")]


@needs_posix
def test_where_nothing_is_found_it_is_said_what_was_not_looked_at(hostile: Hostile, tmp_path: Path) -> None:
    (hostile.path / "supabase" / "migrations").rename(tmp_path / "elsewhere")
    (hostile.path / "supabase" / "migrations").symlink_to(tmp_path / "elsewhere")
    result = hostile.scan()
    assert result.exit_code == 2
    assert "no migrations" in result.stderr
    assert "supabase/migrations: is a link that is not followed: it leads out of the scanned folder" in result.stderr


# --- names --------------------------------------------------------------------------------------------------------------

NAMES = [
    b"app/new\nline.ts",
    b"app/es\x1b[31mcape.ts",
    b"app/\xe2\x80\xaeright.ts",
    b"app/b\xff\xfeytes.ts",
    b"app/::error::no.ts",
    b"app/%0Ano.ts",
    b"app/<b>&\"'].ts",
    b"app/-o.ts",
    b"app/`rm`$(x)|.ts",
    b"app/\xe2\x80\x8b.ts",
]


@needs_posix
@pytest.mark.parametrize("form", reporter_names())
def test_no_name_breaks_a_format(form: str, hostile: Hostile, start: Start) -> None:
    for name in NAMES:
        file = os.fsencode(hostile.path) + b"/" + name
        with open(file, "wb") as stream:
            stream.write(MISSING.encode() + b"const x = ] ;\n")
    done = start("scan", hostile.path, "--format", form, "--no-cache")
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("utf-8")  # strictly: no byte of a name comes out as it is
    assert not any(character in text for character in "\x1b\u202e\r\u200b")
    if form == "junit":
        ElementTree.fromstring(text)
    elif form in ("json", "sarif", "gitlab"):
        json.loads(text)
    elif form == "json-lines":
        assert all(json.loads(line) for line in text.splitlines())
    elif form == "github":
        assert all(line.startswith(("::error file=", "::warning ", "::notice ")) for line in text.splitlines())
    else:
        assert "new\\nline.ts" in text or "new\\\\nline.ts" in text


@needs_posix
@pytest.mark.parametrize("command", ["refs", "schema"])
def test_no_name_breaks_a_listing(command: str, hostile: Hostile, start: Start) -> None:
    for name in NAMES:
        with open(os.fsencode(hostile.path) + b"/" + name, "wb") as stream:
            stream.write(MISSING.encode())
    hostile.write({MIGRATION: 'create table "no\x1b[2Jtes\u202e" (id int);\n'})
    for form in ("text", "json"):
        done = start(command, hostile.path, "--format", form)
        assert done.returncode == 0, done.stderr
        assert b"\x1b" not in done.stdout
        assert "\u202e" not in done.stdout.decode()


@needs_posix
def test_a_scanned_folder_with_an_odd_name(tmp_path: Path, start: Start) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff\n\x1b[31m"
    os.makedirs(folder + b"/supabase/migrations")
    with open(folder + b"/supabase/migrations/1_a.sql", "wb") as stream:
        stream.write(b"create table notes (id int);")
    with open(folder + b"/a.ts", "wb") as stream:
        stream.write(MISSING.encode())
    for form in ("text", "json"):
        done = start("scan", folder, "--format", form)
        assert done.returncode == 1, done.stderr
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["a" * 5000, "nowhere", MIGRATION])
def test_a_name_that_is_no_folder_is_told(name: str, hostile: Hostile, start: Start) -> None:
    done = start("scan", hostile.path / name)
    assert done.returncode == 2
    assert b"is not a folder: give the folder that holds the project" in done.stderr


# --- bytes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        bytes(range(256)) * 40,
        b"\xff\xfe" + "supabase.from('notes')".encode("utf-16-le"),
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbfsupabase.from('notes').select('id')\r\n",
        b"\r" * 1000,
        b"supabase.from('\xff\xfe').select('\x80')",
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) + b".from('notes')",
    ],
    ids=["empty", "nul", "all", "utf-16", "mark", "marked", "returns", "latin", "binary"],
)
def test_any_bytes_in_code_and_in_migrations(data: bytes, hostile: Hostile) -> None:
    hostile.write({"app/odd.ts": data, "supabase/migrations/20250102000000_odd.sql": data, "supabase/seed.sql": data})
    hostile.write({"app/odd.vue": data, "supabase/config.toml": data, "tsconfig.json": data, "package.json": data})
    report = hostile.report()
    assert not any(each["internal"] for each in report["problems"])


def test_names_that_are_not_utf_8_are_named_on(hostile: Hostile) -> None:
    """What keys and sequences are called is made of the names of tables and columns, whatever these are."""
    table = (
        "create table caf\xe9 (\xe9\xff serial primary key, b int unique, c int check (c > 0), unique (b, \xe9\xff));\n"
    )
    hostile.write({"supabase/migrations/20250102000000_odd.sql": table.encode("latin-1")})
    report = hostile.report()
    assert [each["message"] for each in report["problems"]] == ["invalid byte sequence for encoding UTF-8"]


def test_a_name_of_another_dialect_is_no_failure(hostile: Hostile) -> None:
    """Found by fuzzing: sqlglot reads it, PostgreSQL does not."""
    guard = (
        "do $$ begin if exists (select 1 from information_schema..tables) then create table t (id int); end if; end $$;"
    )
    view = "create view v as select * from public..notes;\n"
    hostile.write({"supabase/migrations/20250102000000_odd.sql": f"{guard}\n{view}"})
    assert hostile.report()["problems"] == []


def test_windows_line_ends_change_nothing_but_the_bytes(hostile: Hostile) -> None:
    hostile.write(
        {"app/absent.ts": f"\n\n  {MISSING}", MIGRATION: "create table notes (\n id uuid,\n title text\n);\n"}
    )
    before = [(each["code"], each["line"], each["column"]) for each in hostile.report()["findings"]]
    for name in ("app/absent.ts", MIGRATION):
        file = hostile.path / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert [(each["code"], each["line"], each["column"]) for each in hostile.report()["findings"]] == before
    assert ("FC101", 3, 24) in before


# --- repositories -------------------------------------------------------------------------------------------------------


@needs_git
def test_a_repository_inside_a_repository(hostile: Hostile) -> None:
    hostile.write({"vendor/inner/app/absent.ts": MISSING})
    for folder in (hostile.path, hostile.path / "vendor" / "inner"):
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    assert codes(hostile) == [("vendor/inner/app/absent.ts", "FC101")]


@needs_git
def test_a_folder_that_only_looks_like_a_repository(hostile: Hostile) -> None:
    hostile.write({".git": "gitdir: /proc/self/root\n", "app/absent.ts": MISSING})
    assert codes(hostile) == [("app/absent.ts", "FC101")]
    hostile.write({"sub/.git/config": "[core]\n\tworktree = /\n", "sub/.git/HEAD": "ref: refs/heads/x\n"})
    assert codes(hostile) == [("app/absent.ts", "FC101")]


@pytest.mark.parametrize("name", [".gitignore", "fromcheck.yaml", "supabase/config.toml"])
def test_patterns_that_would_never_end(name: str, hostile: Hostile) -> None:
    stars = "*a" * 20 + "b"
    text = {
        ".gitignore": f"{stars}\n",
        "fromcheck.yaml": f"exclude: ['{stars}']\n",
        "supabase/config.toml": f'[db.migrations]\nschema_paths = ["{stars}.sql"]\n',
    }[name]
    hostile.write({name: text, f"supabase/schemas/{'a' * 200}.sql": "select 1;", f"app/{'a' * 200}.ts": "// none"})
    result = hostile.scan("--format", "json")
    assert result.exit_code == (2 if name == "fromcheck.yaml" else 0)
    told = result.stderr if name == "fromcheck.yaml" else result.stdout
    assert name in told
