"""Text from a repository as Markdown: names can mark up nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from analyzer.reporter import visible

_ACTIVE = re.compile(r"([\\*_{}\[\]<>#|~!&@])")


def text(said: str) -> str:
    """Plain words, with what stands between backquotes as code."""
    pieces = visible(said).split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    return "".join(code(piece) if at % 2 else _plain(piece) for at, piece in enumerate(pieces))


def code(said: str) -> str:
    """A code span; within a table, a bar ends the cell even there."""
    shown = visible(said).replace("|", "\\|")
    if not shown:
        return ""
    fence = "`" * (_longest(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def block(said: str, language: str) -> Iterator[str]:
    """A fenced block."""
    fence = "`" * max(_longest(said) + 1, 3)
    yield f"{fence}{language}"
    yield from (visible(line) for line in said.rstrip("\n").split("\n"))
    yield fence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; its cells are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _plain(said: str) -> str:
    return _ACTIVE.sub(r"\\\1", said).replace("`", "\\`")


def _longest(said: str) -> int:
    return max(map(len, re.findall(r"`+", said)), default=0)
