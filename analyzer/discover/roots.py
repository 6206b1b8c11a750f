"""Which folders are Supabase projects, and to which of them a file belongs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from analyzer.config import Config
from analyzer.model.errors import ConfigError

_PARTS = ("migrations", "schemas", "functions")


def find_roots(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders with a ``supabase`` folder in them that is a project's, in byte order; empty text for the top.

    It is one when it holds config.toml, or SQL in migrations/ or schemas/, or functions/ and no code beside that:
    ``lib/supabase/client.ts`` is an app's own folder of that name, whatever else stands there.
    """
    surely: set[str] = set()
    perhaps: set[str] = set()
    apps: set[str] = set()
    for path in paths:
        parts = path.split("/")
        for depth, name in enumerate(parts[:-1]):
            if name != "supabase":
                continue
            root, rest = "/".join(parts[:depth]), parts[depth + 1 :]
            if rest == ["config.toml"] or (len(rest) > 1 and rest[0] in _PARTS[:2] and path.endswith(".sql")):
                surely.add(root)
            elif len(rest) > 2 and rest[0] == "functions":
                perhaps.add(root)
            elif len(rest) == 1 and path.endswith((".ts", ".tsx", ".js", ".jsx")):
                apps.add(root)
    return tuple(sorted(surely | (perhaps - apps), key=os.fsencode))


def chosen_roots(found: Collection[str], config: Config) -> tuple[str, ...]:
    """The configured roots, given as such or as their ``supabase`` folder. Raises ConfigError for one not found."""
    chosen = []
    for where, given in config.placed("roots"):
        root = given.removesuffix("supabase").rstrip("/") if given not in found else given
        if root not in found:
            there = ", ".join(each or "." for each in found) or "none"
            raise ConfigError(f"{where}roots: {given or '.'} holds no supabase/ project (found: {there})")
        chosen.append(root)
    return tuple(sorted(set(chosen), key=os.fsencode))


def nearest_root(path: str, roots: Sequence[str], built: Collection[str]) -> str:
    """The one of ``roots``, in byte order, that a file belongs to: the deepest that it is in, else the one with the
    longest way in common.

    Where that leaves several, the first of those in ``built``, the roots with migrations; else the first.
    """
    folders = path.split("/")[:-1]

    def nearness(root: str) -> tuple[bool, int, bool]:
        parts = root.split("/") if root else []
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(parts, folders, strict=False)))
        return common == len(parts), common, root in built

    return max(roots, key=nearness)
