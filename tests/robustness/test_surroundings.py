"""What the program is started in: pipes that close, disks that are full, no home, no git, another alphabet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Hostile

ROOT = Path(__file__).parents[2]
MISSING = "await supabase.from('absent').select('id');\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a shell")


def run(
    hostile: Hostile, after: str = "", unset: tuple[str, ...] = (), **env: str
) -> subprocess.CompletedProcess[bytes]:
    """A scan started by a shell; ``after`` is what follows the command there."""
    hostile.write({"app/absent.ts": MISSING, "app/é\u202e\U0001f600.ts": MISSING.replace("absent", "ä")})
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    environment = {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **env}
    command = f'"{sys.executable}" -m analyzer scan "{hostile.path}" --format text {after}'
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, env=environment, timeout=60, check=False)


def launch(command: str) -> subprocess.CompletedProcess[bytes]:
    """A command line of the program, as a shell starts it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    line = ["/bin/sh", "-c", f'"{sys.executable}" -m analyzer {command}']
    return subprocess.run(line, capture_output=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize("command", ["--version", "-V", "--help", "scan --help", "explain FC101", "rules"])
def test_what_is_only_said_needs_a_place_to_say_it(command: str) -> None:
    for closed in (">&-", ">&- 2>&-"):
        assert launch(f"{command} {closed}").returncode == 0
        assert launch(f"{command} {closed}").stderr == b""
    if Path("/dev/full").exists():
        done = launch(f"{command} >/dev/full")
        assert done.returncode == 2
        assert done.stderr.startswith(b"fromcheck: cannot write")
        assert done.stderr.endswith(b"No space left on device\n")
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "command", ["scan", "fix .", "audit", "schema", "hook status", "baseline write", "scan --staged"]
)
def test_a_folder_that_is_gone_is_told(command: str, tmp_path: Path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    program = f'"{sys.executable}" -m analyzer {command}'
    line = ["/bin/sh", "-c", f'cd "{place}" && rmdir "{place}" && {program}']
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == "fromcheck: the folder that this was started in is not there any more\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("after", [">/dev/full", "-o /dev/full"])
def test_a_full_disk_is_told_in_a_line(after: str, hostile: Hostile) -> None:
    done = run(hostile, f"--no-cache {after}")
    assert done.returncode == 2
    (line,) = (each for each in done.stderr.decode().splitlines() if "cannot write" in each)
    assert "No space left on device" in line
    assert b"internal" not in done.stderr


def test_a_reader_that_goes_away_is_no_fault(hostile: Hostile) -> None:
    done = run(hostile, "--no-cache | head -c 1")
    assert (len(done.stdout), done.stderr) == (1, b"")


@pytest.mark.parametrize("after", ["<&-", ">&-", ">&- 2>&- <&-"])
def test_streams_that_are_closed(after: str, hostile: Hostile) -> None:
    done = run(hostile, f"--no-cache {after}")
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("unset", "env"),
    [
        (("HOME", "XDG_CACHE_HOME"), {}),
        (("XDG_CACHE_HOME",), {"HOME": "/nowhere/at/all"}),
        ((), {"PATH": ""}),
        ((), {"FROMCHECK_CACHE_DIR": "/dev/full"}),
        ((), {"TERM": "dumb", "COLUMNS": "20"}),
    ],
    ids=["no home", "a home that is not there", "no git", "a cache that cannot be", "a narrow terminal"],
)
def test_what_is_missing_around_it_changes_no_finding(
    unset: tuple[str, ...], env: dict[str, str], hostile: Hostile
) -> None:
    done = run(hostile, "", unset, **env)
    assert done.returncode == 1, done.stderr
    assert b"`public.absent`" in done.stdout
    assert done.stderr == b""


def test_an_alphabet_of_ascii_changes_no_byte(hostile: Hostile) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(hostile, "--no-cache", **plain)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "`public.ä`".encode() in done.stdout


EARLY = """
import sys


class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt


sys.meta_path.insert(0, Interrupted())
from analyzer.__main__ import run
run()
"""


def test_ctrl_c_before_the_command_line_is_there() -> None:
    """Most of a short run is spent on imports."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, b"")
