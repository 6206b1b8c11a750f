"""Markdown as an outline: sections with their headings, and whether a heading announces tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.domain.form import Line, is_table_name
from analyzer.model.record import Record

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>.*)$")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[A-Za-z]|[IVX]+)[.):]\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CODE = re.compile(r"`([^`]+)`")
_KINDS = ("table", "entity", "tabla", "tabela")
_MOST_WORDS = 5

# What a heading says that announces tables and nothing else, in the languages that documents are written in.
_HEADS = frozenset(
    {"tables", "entities", "models", "tablas", "entidades", "modelos", "tabelas", "tabellen", "entitäten", "entités"}
)
_PAIRS = (("data", "model"), ("domain", "model"), ("modelo", "datos"), ("modelo", "dados"), ("modèle", "données"))
_BESIDES = frozenset(
    {"the", "our", "all", "and", "of", "in", "list", "core", "main", "key", "app", "application", "overview", "current"}
    | {"database", "db", "data", "domain", "schema", "public", "sql", "supabase", "postgres", "postgresql", "existing"}
    | {"model", "modelo", "de", "datos", "dados", "modèle", "des", "données", "principales", "principais", "relational"}
)
# Tables that a document names because they are not there, or because they are somebody else's.
_NOT_THERE = frozenset(
    {"planned", "future", "proposed", "deprecated", "removed", "dropped", "legacy", "missing", "new", "optional", "old"}
    | {"external", "temporary", "temp", "example", "examples", "unused", "todo", "roadmap", "next", "ideas", "contents"}
    | {
        "content",
        "not",
        "no",
        "without",
        "obsolete",
        "affected",
        "changed",
        "modified",
        "renamed",
        "later",
        "potential",
    }
    | {"possible", "suggested", "additional", "required", "needed", "vs", "change", "changes", "migration", "routing"}
    | {"pricing", "lookup", "truth", "comparison", "decision", "futuras", "futuros", "geplante", "nuevas", "novas"}
)


class Section(Record, frozen=True):
    """A heading with the lines up to the next one, and whether what stands in it is a list of tables.

    ``title`` is the table that the heading itself names, None when it names none. ``telling`` is True where the heading
    announces tables, or stands below one that does and says nothing else.
    """

    heading: Line
    title: str | None
    telling: bool
    lines: tuple[Line, ...]


def sections(lines: Sequence[Line]) -> Iterator[Section]:
    """The sections of the document, in order; what stands before the first heading is in none."""
    starts = [number for number, line in enumerate(lines) if _HEADING.match(line.text)]
    above: list[tuple[int, bool, bool]] = []
    for start, end in pairwise((*starts, len(lines))):
        heading = _HEADING.match(lines[start].text)
        assert heading is not None
        level, text = len(heading["marks"]), heading["text"].rstrip().rstrip("#").rstrip()
        while above and above[-1][0] >= level:
            above.pop()
        silent = bool(above and above[-1][2]) or not _NOT_THERE.isdisjoint(_words(text))
        below = bool(above) and above[-1][1]
        title = _title(text) if below and not silent else None
        telling = not silent and (_announces(text) or (below and title is None and _groups(text)))
        above.append((level, telling, silent))
        yield Section(lines[start], title, telling, tuple(lines[start + 1 : end]))


def code_of(text: str) -> str | None:
    """What stands in the text in code font, where that is all that it says; bold does not count."""
    match = _CODE.fullmatch(text.replace("**", "").strip())
    return match[1].strip() if match else None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_NUMBER.sub("", _CODE.sub("", text)))]


def _announces(text: str) -> bool:
    words = _words(text.partition("(")[0])
    if not 0 < len(words) <= _MOST_WORDS or _CODE.search(text):
        return False
    if words[-1] in _HEADS or words[0] in _HEADS:
        return all(word in _BESIDES | _HEADS for word in words) or words[-1] in ("tables", "entities")
    return any(set(pair) <= set(words) for pair in _PAIRS) and all(word in _BESIDES for word in words)


def _groups(text: str) -> bool:
    """True for a heading that only sorts tables, such as ``Billing tables``."""
    words = _words(text)
    return bool(words) and words[-1] in _HEADS


def _title(text: str) -> str | None:
    """The table that a heading names: ``1. personas``, ```` `personas` ````, ``personas table``."""
    plain = _NUMBER.sub("", text).replace("**", "").strip()
    words = plain.rsplit(None, 1)
    if len(words) > 1 and words[1].lower() in _KINDS:
        plain = words[0]
    name = code_of(plain) or plain.removesuffix(":")
    return name if is_table_name(name) else None
