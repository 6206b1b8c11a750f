"""Git, asked so that nothing that the repository configures is run, and its own list of a folder's files."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analyzer.model.record import Record
from analyzer.model.source import Problem

if TYPE_CHECKING:
    import subprocess

TIMEOUT = 30.0
"""Seconds. Git waits without end for a .gitignore that is a pipe."""

_OVERRIDES = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.untrackedCache=false",
    "core.sshCommand=false",
    "credential.helper=",
    "safe.bareRepository=explicit",
)
"""Settings that can start a program, or make a folder of the tree pass for a repository."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone may fetch a .gitignore that it lacks
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what is pushed is not what `git replace` shows
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_WARNING = re.compile(r"^warning: (?P<what>[^']*?) ?'(?P<path>.*)': (?P<why>.*)$")


class Listing(Record, frozen=True):
    """What git knows in a folder, relative to it: the paths it tracks, and the others that it does not ignore.

    A submodule, or another checkout within, is one entry: its folder (with a ``/`` at the end when it is not tracked).
    """

    tracked: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()


def git_listing(folder: str, timeout: float = TIMEOUT) -> Listing | None:
    """Git's list of the folder; None when it is in no checkout, or git is missing, or refuses it.

    Raises TimeoutError when git does not answer in time.
    """
    listing = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--", ".")
    try:
        done = _answer(folder, *listing, timeout=timeout)
    except OSError:
        return None
    if done is None:
        raise TimeoutError(errno.ETIMEDOUT, f"git gives no answer within {timeout:g} s")
    entries = [path_text(each) for each in done.stdout.split(b"\0") if each]
    if done.returncode != 0 or not entries:
        return None
    return Listing(
        tuple(sorted({entry[2:] for entry in entries if entry[0] != "?"})),
        tuple(sorted({entry[2:] for entry in entries if entry[0] == "?"})),
        tuple(_warnings(done.stderr.decode("utf-8", "replace"))),
    )


def git_ignores(folder: str, path: str, timeout: float = TIMEOUT) -> bool:
    """True when git would ignore this file below the folder, were it there; False where git does not say."""
    done = ask(folder, "check-ignore", "-q", "--", path, timeout=timeout)
    return done is not None and done.returncode == 0


def ask(
    folder: str, *arguments: str, timeout: float = TIMEOUT, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """What git answers in a folder; None when it is not there, or does not in time. ``more`` are variables for it."""
    try:
        return _answer(folder, *arguments, timeout=timeout, more=more)
    except OSError:
        return None


def _answer(
    folder: str, *arguments: str, timeout: float, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """What git answers; None when it does not in time. Raises OSError when it cannot be started."""
    import subprocess

    call = command(folder)
    if call is None:
        raise FileNotFoundError(errno.ENOENT, "git is not there")
    try:
        return subprocess.run(
            [*call, *arguments],
            cwd=folder,
            env={**environment(), **(more or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def path_text(told: bytes) -> str:
    """A path as git tells it. Bytes that are no text stand as surrogates, on Windows, too, where Python refuses them."""
    return told.decode(sys.getfilesystemencoding(), "surrogateescape")


def command(folder: str) -> list[str] | None:
    """How git is called there, up to its own command; None when there is none."""
    git = _program(folder)
    options = [word for setting in _OVERRIDES for word in ("-c", setting)]
    return None if git is None else [git, "--no-pager", *options]


def _program(folder: str) -> str | None:
    """Where git is; None when there is none but in the folder itself: a name alone could mean a file of the repository."""
    from shutil import which

    root = os.path.join(os.path.realpath(folder), "")
    places = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(each)]
    trusted = [each for each in places if not os.path.join(os.path.realpath(each), "").startswith(root)]
    found = which("git", path=os.pathsep.join(trusted)) if trusted else None
    return found if found is not None and os.path.isabs(found) else None


def environment() -> dict[str, str]:
    """Ours without what would point git at another repository, trace into files, or add configuration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | _ENVIRONMENT


def _warnings(text: str) -> Iterator[tuple[str, Problem]]:
    for line in text.splitlines():
        found = _WARNING.match(line)
        if found:
            yield found["path"].rstrip("/"), Problem(f"{found['what']}: {found['why']}", unreadable=True)
        elif line.strip():
            yield ".", Problem(f"git says: {line.strip()}")
