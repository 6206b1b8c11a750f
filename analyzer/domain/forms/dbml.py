"""DBML: ``Table name { column type }``, as dbdiagram.io writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line
from analyzer.model.domain import Entity, Field

_WORD = r'(?:"[^"]+"|\w+)'
_TABLE = re.compile(
    rf"\s*table\s+(?P<name>{_WORD}(?:\.{_WORD})?)(?:\s+as\s+{_WORD})?\s*(?:\[[^\]]*\]\s*)?\{{", re.IGNORECASE
)
_COLUMN = re.compile(rf"\s*(?P<name>{_WORD})\s+[\w\"]")
_NO_COLUMN = re.compile(r"\s*(?:indexes|checks|note|records)\b\s*[{:(]", re.IGNORECASE)
_LONG_TEXT = "'''"
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`")


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """Each table, with its columns; enums, references, groups and notes are none."""
    name: Entity | None = None
    fields: list[Field] = []
    depth = 0
    for line in _without_texts(lines):
        opening = _TABLE.match(line.text) if depth == 0 else None
        if opening is not None:
            written = opening["name"]
            name = Entity(written.replace('"', ""), line.span(*opening.span("name")))
        elif depth == 1 and name is not None and not _NO_COLUMN.match(line.text):
            column = _COLUMN.match(line.text)
            if column is not None:
                fields.append(Field(column["name"].strip('"'), line.span(*column.span("name"))))
        depth = max(depth + line.text.count("{") - line.text.count("}"), 0)
        if depth == 0 and name is not None:
            yield Entity(name.name, name.span, tuple(fields))
            name, fields = None, []


def _without_texts(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with blanks for comments, notes and quoted values: the braces in them open nothing."""
    within = ""
    for line in lines:
        text, within = _blanked(
            _QUOTED.sub(_blank, line.text) if not within and _LONG_TEXT not in line.text else line.text, within
        )
        yield Line(text, line.offset)


def _blank(match: re.Match[str]) -> str:
    """As many bytes of blanks, so that what follows keeps its place."""
    return " " * len(match[0].encode("utf-8", "surrogateescape"))


_OPENINGS = re.compile(r"'''|/\*|//.*")


def _blanked(text: str, within: str) -> tuple[str, str]:
    """The text without what is a comment or a long text; ``within`` is what ends the one that is open."""
    kept = ""
    while True:
        if within:
            head, end, text = text.partition(within)
            kept += " " * len((head + end).encode("utf-8", "surrogateescape"))
            if not end:
                return kept, within
            within = ""
        opening = _OPENINGS.search(text)
        if opening is None:
            return kept + text, ""
        kept += text[: opening.start()]
        if opening[0].startswith("//"):
            return kept, ""
        kept += " " * len(opening[0])
        within = _LONG_TEXT if opening[0] == _LONG_TEXT else "*/"
        text = text[opening.end() :]


FORM = Form("dbml", (".dbml",), ("dbml",), read)
