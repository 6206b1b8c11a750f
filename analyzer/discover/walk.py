"""The files of a folder that is no checkout, or whose git gives no answer. Applies the .gitignore files it meets."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.config.wildcards import too_many_wildcards
from analyzer.discover.git import path_text
from analyzer.discover.left_out import BUILD_OUTPUT, NEVER_SOURCES
from analyzer.model.source import Problem

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MOST_BYTES = 1_000_000
"""Of one .gitignore; a larger one is no list of patterns, and is told."""

Ignores = tuple[tuple[str, "GitIgnoreSpec"], ...]


def walk(root: str, folder: str, problems: list[tuple[str, Problem]]) -> Iterator[str]:
    """The paths below ``root/folder``, relative to ``root``, in no order; links are given, and not followed.

    Folders that cannot be read go to ``problems``. Nothing is read but folders and .gitignore files.
    """
    waiting: list[tuple[str, Ignores]] = [(folder, ())]
    while waiting:
        here, ignores = waiting.pop()
        try:
            entries = list(os.scandir(os.path.join(root, here)))
        except OSError as error:
            problems.append(
                (here or ".", Problem(f"the folder cannot be read: {error.strerror or error}", unreadable=True))
            )
            continue
        names = {entry.name for entry in entries}
        if ".gitignore" in names:
            ignores = (*ignores, *_read_ignores(root, here, problems))
        for entry in entries:
            path = f"{here}/{entry.name}" if here else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and _is_output(entry.name, names):
                continue
            if not _is_migration(path) and _ignored(f"{path}/" if is_folder else path, ignores):
                continue
            if is_folder:
                waiting.append((path, ignores))
            else:
                yield path


def _is_output(name: str, beside: set[str]) -> bool:
    return name in NEVER_SOURCES or (name in BUILD_OUTPUT and "package.json" in beside)


def _is_migration(path: str) -> bool:
    """True for what the CLI applies though a .gitignore names it, and for the folders on the way there.

    ``*.sql`` is there for dumps and ``supabase`` for what the CLI writes, and git tracks the migrations all the same.
    """
    *_, above, folder, name = ("", "", *path.split("/"))
    if name.endswith(".sql"):
        return (above, folder) == ("supabase", "migrations")
    return name == "supabase" or (folder, name) == ("supabase", "migrations")


def _ignored(path: str, ignores: Ignores) -> bool:
    """The nearest .gitignore that says anything decides."""
    for base, spec in reversed(ignores):
        verdict = spec.check_file(path[len(base) :]).include
        if verdict is not None:
            return verdict
    return False


def _read_ignores(root: str, folder: str, problems: list[tuple[str, Problem]]) -> Ignores:
    path = f"{folder}/.gitignore" if folder else ".gitignore"
    try:
        if not stat.S_ISREG(os.lstat(os.path.join(root, path)).st_mode):
            return ()
        with open(os.path.join(root, path), "rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise OSError(errno.EFBIG, f"it is larger than {MOST_BYTES // 1_000_000} MB, the most that is read")
    except OSError as error:
        problems.append((path, Problem(f"cannot be read: {error.strerror or error}", unreadable=True)))
        return ()
    lines = [line.rstrip("\r") for line in path_text(data).split("\n")]
    return ((f"{folder}/" if folder else "", _spec(lines, path, problems)),)


def _spec(lines: list[str], path: str, problems: list[tuple[str, Problem]]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    good: list[GitIgnoreSpec] = []
    for number, line in enumerate(lines, 1):
        try:
            if too_many_wildcards(line):
                raise ValueError(line)
            spec = GitIgnoreSpec.from_lines([line])
        except ValueError:
            problems.append((path, Problem(f"line {number} is no pattern, and is left out: {line}")))
        else:
            good.append(spec)
    return GitIgnoreSpec([pattern for each in good for pattern in each.patterns])
