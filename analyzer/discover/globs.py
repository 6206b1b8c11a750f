"""Globs of paths, as the Supabase CLI takes them in ``schema_paths``; ``**`` stands for folders at any depth besides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from analyzer.config.wildcards import too_many_wildcards

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[\^?[^\]]+\]|\\.|.", re.DOTALL)
_IN_CLASS = re.compile(r"[\[&~|]")
_MEANING = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matching(glob: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that the glob matches, or that stand in a folder which it matches; in the order given."""
    regex = _regex(glob)
    return tuple(path for path in paths if regex.fullmatch(path))


@cache
def _regex(glob: str) -> re.Pattern[str]:
    if too_many_wildcards(glob):  # it would never end; and nobody means it
        return re.compile(r"(?!)")
    parts = "".join(_translated(each[0]) for each in _PART.finditer(glob))
    try:
        return re.compile(f"{parts}(?:/.*)?", re.DOTALL)
    except re.error:  # a class that ends before it begins, [z-a]: nothing matches it
        return re.compile(r"(?!)")


def _translated(part: str) -> str:
    if part in _MEANING:
        return _MEANING[part]
    if len(part) > 2 and part[0] == "[":
        return "(?!/)" + part[:2] + _IN_CLASS.sub(r"\\\g<0>", part[2:])
    return re.escape(part.removeprefix("\\") or part)
