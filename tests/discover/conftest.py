"""Folders and repositories to discover."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


class Folder:
    """A real folder under test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, *paths: str, text: str = "x\n") -> None:
        """Write files, with the folders that they need."""
        for path in paths:
            (self.path / path).parent.mkdir(parents=True, exist_ok=True)
            (self.path / path).write_text(text)

    def git(self, *arguments: str) -> str:
        """What git answers. Raises CalledProcessError when it refuses."""
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=self.path, check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        """Make a repository of the folder, with everything in it committed."""
        self.git("init", "-q")
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "-m", "all")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty folder in no checkout; git sees no configuration of whoever runs the tests."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    (tmp_path / "project").mkdir()
    return Folder(tmp_path / "project")
