"""What a push sends, and what the remote has already that it is to be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from analyzer.discover.commit import merge_base, standing
from analyzer.discover.git import ask, path_text
from analyzer.discover.revisions import default_base
from analyzer.model.errors import ConfigError
from analyzer.model.record import Record

NOTHING = "0" * 40
_SHORT = 10
_MOST_BRANCHES = 100
"""Of the remote, those with the newest commits: a new branch comes from one of them."""


class Ref(Record, frozen=True):
    """One line that git gives the hook; a name of zeros alone stands for nothing."""

    local: str
    local_name: str
    remote: str
    remote_name: str


class Pushed(Record, frozen=True):
    """A commit to judge. ``refs`` are what it is pushed as, in short; ``base`` is what to compare it with, None for nothing.

    ``since`` says what that is. ``aside`` says why it is not what the remote has.
    """

    commit: str
    base: str | None
    refs: tuple[str, ...]
    since: str
    aside: str = ""


def read_refs(data: bytes) -> tuple[Ref, ...]:
    """The refs of a push, as git writes them to the hook's stdin; lines that are none are left out."""
    lines = (path_text(line).split(" ") for line in data.splitlines())
    return tuple(Ref(*words) for words in lines if len(words) == 4)


def pushed(folder: Path, refs: Iterable[Ref], remote: str) -> tuple[Pushed, ...]:
    """What there is to judge, each commit once. Nothing is, of refs that are deleted or stand for no commit."""
    found: dict[tuple[str, str | None], Pushed] = {}
    for each in _judged(folder, refs, remote):
        known = found.get((each.commit, each.base))
        names = (*known.refs, *each.refs) if known else each.refs
        found[each.commit, each.base] = Pushed(each.commit, each.base, names, each.since, each.aside)
    return tuple(found.values())


def _judged(folder: Path, refs: Iterable[Ref], remote: str) -> Iterator[Pushed]:
    for ref in refs:
        commit = None if _is_nothing(ref.local_name) else commit_of(folder, ref.local_name)
        if commit is not None:
            yield _compared(folder, ref, commit, remote)


def _compared(folder: Path, ref: Ref, commit: str, remote: str) -> Pushed:
    names = (_short_ref(ref.remote),)
    aside = ""
    if not _is_nothing(ref.remote_name):
        base = commit_of(folder, ref.remote_name)
        if base is not None:
            return Pushed(commit, base, names, f"{base[:_SHORT]} on {remote}")
        aside = f"{remote}'s {ref.remote_name[:_SHORT]} is not here: `git fetch` brings it"
    base = _nearest(folder, commit, remote)
    if base is None:
        return Pushed(commit, None, names, f"the beginning: nothing of {remote} is known here", aside)
    return Pushed(commit, base, names, f"{base[:_SHORT]}, which {remote} has", aside)


def commit_of(folder: Path, name: str) -> str | None:
    """The commit that an object is or, being a tag, stands for; None when it is none, or not in this clone."""
    return _answer(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") or None


def _nearest(folder: Path, commit: str, remote: str) -> str | None:
    """The last commit on the way to this one that the remote has; else, of a shallow clone, its default branch."""
    for place in (f"refs/remotes/{remote}/", "refs/remotes/"):
        newest = ("--sort=-committerdate", f"--count={_MOST_BRANCHES}", "--format=%(objectname)")
        branches = _answer(folder, "for-each-ref", *newest, "--", place).split()
        if branches:
            return merge_base(folder, commit, *dict.fromkeys(branches)) or _usual(folder)
    return None


def _usual(folder: Path) -> str | None:
    try:
        return commit_of(folder, default_base(folder))
    except ConfigError:
        return None


def _short_ref(name: str) -> str:
    return name.removeprefix("refs/heads/").removeprefix("refs/")


def _is_nothing(name: str) -> bool:
    return not name.strip("0")


def _answer(folder: Path, *arguments: str) -> str:
    done = ask(standing(folder), *arguments)
    return path_text(done.stdout).strip() if done is not None and done.returncode == 0 else ""
