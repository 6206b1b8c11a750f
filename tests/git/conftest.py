"""Real repositories, each a small project; git sees no configuration of whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MIGRATION = "supabase/migrations/20250101000000_deals.sql"
PROJECT = {
    MIGRATION: "create table public.deals (id bigint primary key, name text);\n"
    "alter table public.deals enable row level security;\n"
    "create policy p on public.deals for select using (auth.uid() is not null);\n",
    "app/page.ts": "export const q = supabase.from('deals').select('id');\n",
    "app/old.ts": "export const q = supabase.from('ghosts').select('id');\n",
}
NEW = "export const q = supabase.from('agents').select('id');\n"


@dataclass(frozen=True, slots=True)
class Said:
    """What a program ended with."""

    returncode: int
    stdout: str
    stderr: str


class Repo:
    """A repository and its work tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def git(self, *arguments: str, ok: bool = True, **env: str) -> subprocess.CompletedProcess[str]:
        """What git does there. Raises AssertionError when it refuses and should not."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            capture_output=True,
            text=True,
            env={**os.environ, **env},
            timeout=60,
            check=False,
        )
        assert not ok or done.returncode == 0, done.stderr
        return done

    def write(self, files: dict[str, str]) -> None:
        """Write files, with the folders that they need."""
        for name, text in files.items():
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            (self.path / name).write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str] | None = None) -> str:
        """Commit everything, with these files written first; the commit's name."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "a commit")
        return self.git("rev-parse", "HEAD").stdout.strip()

    def fromcheck(self, *arguments: str, stdin: str = "", **env: str) -> Said:
        """The program, as if it were started there."""
        with chdir(self.path):
            done = CliRunner(env=env).invoke(main, arguments, input=stdin, prog_name="fromcheck")
        return Said(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for Python's compiled modules."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture(autouse=True)
def _plain_git(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\n\tname = t\n\temail = t@example.org\n[init]\n\tdefaultBranch = main\n"
        '[protocol "file"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n'
    )
    for name in [each for each in os.environ if each.startswith("GIT_")] + ["NO_COLOR", "FORCE_COLOR", "CI"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    # Compiled once for all that is started.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(compiled))
    monkeypatch.setenv("FROMCHECK_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A project with one old finding, committed on ``main``."""
    made = Repo(tmp_path / "project")
    made.git("init", "-q")
    made.commit(PROJECT)
    return made


@pytest.fixture
def remote(repo: Repo, tmp_path: Path) -> Repo:
    """A bare repository on disk, the ``origin`` of ``repo``, which has its ``main``."""
    bare = Repo(tmp_path / "remote.git")
    bare.git("init", "-q", "--bare")
    repo.git("remote", "add", "origin", str(bare.path))
    repo.git("push", "-q", "--no-verify", "-u", "origin", "main")
    return bare
