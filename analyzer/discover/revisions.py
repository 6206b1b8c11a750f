"""Which commit a folder's files are compared with, and where the two parted."""

from __future__ import annotations

from pathlib import Path

from analyzer.discover.commit import ObjectTree, commit_tree, merge_base, standing
from analyzer.discover.git import ask, path_text
from analyzer.model.errors import ConfigError

_USUAL = ("origin/HEAD", "origin/main", "origin/master")


def default_base(folder: Path) -> str:
    """The default branch of origin, as it was fetched last. Raises ConfigError when there is none."""
    root = standing(folder)
    for name in _USUAL:
        if _answer(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            return _answer(root, "rev-parse", "--abbrev-ref", name) or name
    raise ConfigError(f"{folder}: origin has no default branch here: say with --base what runs now")


def fork_of(folder: Path, base: ObjectTree, head: str = "HEAD") -> ObjectTree:
    """The files of the commit that ``head`` and ``base`` both come from; those of ``base`` where git knows of none."""
    common = merge_base(folder, head, base.commit) if base.commit else None
    return commit_tree(folder, common) if common and common != base.commit else base


def _answer(root: str, *arguments: str) -> str:
    """What git prints; nothing when it fails."""
    done = ask(root, *arguments)
    return path_text(done.stdout).strip() if done is not None and done.returncode == 0 else ""
