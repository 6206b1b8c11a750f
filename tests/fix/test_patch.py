"""What ``fromcheck fix`` prints is a patch: applied by git, it does what ``--write`` does, whatever names and lines are like."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fix.test_fix import INIT, NOTES, fix

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(os.name != "posix", reason="needs POSIX names"),
]
ROOT = Path(__file__).parents[2]
RENAMED = "create table posts (id int);\nalter table posts rename to pages;\n"
CODE = "import { x } from './x';\nawait supabase.from('posts').select('id');\n"


def project(folder: Path, name: bytes, code: bytes) -> Path:
    for path, data in {INIT.encode(): NOTES.encode(), INIT.replace("0101", "0102").encode(): RENAMED.encode()}.items():
        write(folder, path, data)
    write(folder, name, code)
    return folder


def write(folder: Path, name: bytes, data: bytes) -> None:
    file = os.path.join(os.fsencode(folder), name)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as stream:
        stream.write(data)


def files(folder: Path) -> dict[bytes, bytes]:
    return {os.fsencode(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (b"app/a.ts", CODE.replace("\n", "\r\n").encode()),
        (b"app/a.ts", CODE.replace("import", "\f// \u2028 \x85 \x1c\nimport").encode()),
        (b"app/a.ts", b"// caf\xe9\n" + CODE.encode()),
        (b"app/a.ts", CODE.rstrip("\n").encode()),
        (b"app/new\nline\t.ts", CODE.encode()),
        (b'app/two words/a "b" \\n.ts', CODE.encode()),
        (b"app/caf\xe9 \xc3\xa9.ts", CODE.encode()),
        ("app/café \u202e.ts".encode(), CODE.encode()),
    ],
    ids=["returns", "separators", "latin", "no end", "line in name", "quotes", "latin name", "direction"],
)
def test_git_makes_of_it_what_write_makes(name: bytes, code: bytes, tmp_path: Path) -> None:
    one, other = (project(tmp_path / each, name, code) for each in ("one", "other"))
    patch = fix(one, "--select", "FC102").stdout_bytes
    assert fix(other, "--select", "FC102", "--write").exit_code == 0
    assert files(other)[name] == code.replace(b"posts", b"pages")
    subprocess.run(["git", "apply", "-"], cwd=one, input=patch, check=True)
    assert files(one) == files(other)


def test_a_terminal_is_not_driven_by_it(tmp_path: Path) -> None:
    root = project(tmp_path / "a", b"app/a.ts", b"\t// \x1b[2J\x1b]0;title\x07 \xe2\x80\xae \xff\r\n" + CODE.encode())
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "analyzer", "fix", str(root), "--select", "FC102", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, stdout=slave, stderr=subprocess.PIPE, env=environment, check=True)
    os.close(slave)
    shown = b""
    while part := _read(master):
        shown += part
    os.close(master)
    assert b"\x1b" not in shown
    lines = shown.decode().split("\r\n")
    assert " \t// \\x1b[2J\\x1b]0;title\\x07 \\u202e \\udcff\\r" in lines
    assert "+await supabase.from('pages').select('id');" in lines


def _read(master: int) -> bytes:
    try:
        return os.read(master, 4096)
    except OSError:  # what Linux says at the end
        return b""


@pytest.mark.parametrize(
    "name", [b"app/a\ndrop table notes; --.ts", b"app/\x1b[2J.ts", b"app/caf\xe9.ts", "app/\u202e.ts".encode()]
)
def test_no_name_breaks_the_migration_that_is_written(name: bytes, tmp_path: Path) -> None:
    """Its comments say which calls it was made from."""
    root = project(tmp_path / "a", name, b"await supabase.from('absent').select('id');\n")
    assert fix(root, "--select", "FC101", "--write").exit_code == 0
    (written,) = (data for path, data in files(root).items() if path.endswith(b"_create_absent.sql"))
    assert b"\ndrop" not in written
    assert written.decode().replace("\n", "").isprintable()
