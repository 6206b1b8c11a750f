"""The script of a file: the whole of it, or the parts of a component file that are code.

Everything else of a component file is blanked, byte for byte, so that every position in the script still holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from analyzer.model.record import Record

Dialect = Literal["typescript", "tsx"]

# Flow and JSX are read by the tsx grammar; only in TypeScript proper is `<T>x` a cast.
_DIALECTS: dict[str, Dialect] = {
    "ts": "typescript",
    "mts": "typescript",
    "cts": "typescript",
    "tsx": "tsx",
    "js": "tsx",
    "jsx": "tsx",
    "mjs": "tsx",
    "cjs": "tsx",
}
_COMPONENTS = frozenset({"vue", "svelte", "astro"})
_COMMENT_OR_SCRIPT = re.compile(rb"<!--|<script((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)(>?)", re.IGNORECASE)
_SCRIPT_END = re.compile(rb"</script\s*>", re.IGNORECASE)
_COMMENT_END = re.compile(rb"-->")
_FRONTMATTER = re.compile(rb"\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_TYPESCRIPT = re.compile(rb"\blang\s*=\s*[\"']?ts\b")
_DATA = re.compile(rb"\btype\s*=\s*[\"']?(?:application/(?:ld\+)?json|importmap|text/template)")
_NO_LINE_END = re.compile(rb"[^\r\n]")


class Region(Record, frozen=True):
    """The bytes to parse, as long as the file, and the grammar that reads them."""

    data: bytes
    dialect: Dialect


def is_code(path: str) -> bool:
    """True for the endings of files that hold code."""
    ending = _ending(path)
    return ending in _DIALECTS or ending in _COMPONENTS


def region_of(path: str, data: bytes) -> Region | None:
    """The script of a file, by its ending; None for a file that is no code."""
    ending = _ending(path)
    if ending in _COMPONENTS:
        return _component(data, frontmatter=ending == "astro")
    dialect = _DIALECTS.get(ending)
    return Region(data, dialect) if dialect is not None else None


def markup_of(path: str, data: bytes) -> bytes:
    """What of a component file is no code, byte for byte as long as the file; nothing of any other file."""
    ending = _ending(path)
    if ending not in _COMPONENTS:
        return b""
    kept, _ = _parts(data, frontmatter=ending == "astro")
    edges = [0, *(edge for part in kept for edge in part), len(data)]
    return _blanked(data, list(zip(edges[::2], edges[1::2], strict=True)))


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _component(data: bytes, *, frontmatter: bool) -> Region:
    kept, typescript = _parts(data, frontmatter=frontmatter)
    return Region(_blanked(data, kept), "typescript" if typescript else "tsx")


def _parts(data: bytes, *, frontmatter: bool) -> tuple[list[tuple[int, int]], bool]:
    """Where each piece of code starts and ends, and whether it is TypeScript."""
    kept: list[tuple[int, int]] = []
    # Astro's scripts are TypeScript without saying so.
    typescript = frontmatter
    if frontmatter and (head := _FRONTMATTER.match(data)) is not None:
        kept.append(head.span(1))
    for attributes, start, end in _scripts(data, kept[0][1] if kept else 0):
        if not _DATA.search(attributes):
            kept.append((start, end))
            typescript = typescript or _TYPESCRIPT.search(attributes) is not None
    return kept, typescript


def _scripts(data: bytes, at: int) -> Iterator[tuple[bytes, int, int]]:
    """The attributes of each script element, and where its content starts and ends; comments are passed over."""
    while (opened := _COMMENT_OR_SCRIPT.search(data, at)) is not None:
        comment = opened[1] is None
        if not comment and not opened[2]:  # a tag that never ends
            at = opened.end()
            continue
        closed = (_COMMENT_END if comment else _SCRIPT_END).search(data, opened.end())
        if closed is None:
            return
        if not comment:
            yield opened[1], opened.end(), closed.start()
        at = closed.end()


def _blanked(data: bytes, kept: list[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    at = 0
    for start, end in kept:
        pieces += [_NO_LINE_END.sub(b" ", data[at:start]), data[start:end]]
        at = end
    return b"".join([*pieces, _NO_LINE_END.sub(b" ", data[at:])])
