"""Where git looks for its hooks, and what stands there."""

from __future__ import annotations

import os
from pathlib import Path

from analyzer.discover.git import ask, path_text
from analyzer.model.errors import ConfigError
from analyzer.model.record import Record

NAMES = ("pre-push", "pre-commit")
BEFORE = ".before-fromcheck"
"""The ending that a hook gets which was there before: it is run first."""

_OWN_SCOPES = ("local", "worktree")


class Place(Record, frozen=True):
    """A repository's hooks. ``top`` is its work tree; ``shared`` when the folder serves other repositories, too."""

    top: Path
    folder: Path
    shared: bool

    def hook(self, name: str) -> Path:
        """Where git looks for the hook of this name."""
        return self.folder / name

    def before(self, name: str) -> Path:
        """Where the hook stands that was there before ours."""
        return self.folder / f"{name}{BEFORE}"


def find_place(path: Path) -> Place:
    """The hooks of the repository that the folder is in; of a linked work tree, they are those of all its work trees.

    Raises ConfigError when it is in none, or in one without a work tree.
    """
    root = os.path.realpath(path)
    told = ask(root, "rev-parse", "--show-toplevel", "--git-common-dir") if os.path.isdir(root) else None
    if told is None or told.returncode:
        raise ConfigError(f"{path} is not in the work tree of a git repository, or git cannot be asked")
    top, _, common = path_text(told.stdout.rstrip(b"\n")).partition("\n")
    said, own = _configured(root)
    folder = os.path.join(top, said) if said else os.path.join(root, common, "hooks")
    return Place(Path(top), Path(os.path.normpath(folder)), shared=bool(said) and not own)


def _configured(root: str) -> tuple[str, bool]:
    """``core.hooksPath``, empty when it is not set; and whether this repository says so itself."""
    told = ask(root, "config", "--null", "--show-scope", "--type=path", "--get-all", "core.hooksPath")
    words = path_text(told.stdout).split("\0")[:-1] if told is not None else []
    # What git is asked with sets it, too: that it runs none of them.
    said = [(scope, value) for scope, value in zip(words[::2], words[1::2], strict=False) if scope != "command"]
    if not said:
        return "", True
    scope, value = said[-1]
    return value, scope in _OWN_SCOPES
