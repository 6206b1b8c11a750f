"""Headings in Markdown, each a table's name, below one that announces tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line
from analyzer.domain.markdown import sections
from analyzer.model.domain import Entity, Field

_ITEM = re.compile(r"\s*[-*+]\s+(?:\*\*)?`(?P<name>[a-z_][a-z0-9_]*)`")
_ROW = re.compile(r"\s*\|\s*(?:\*\*)?`?(?P<name>[a-z_][a-z0-9_]*)`?(?:\*\*)?\s*\|")


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """Each such heading, with the fields that its section lists or has in a table."""
    for section in sections(lines):
        if section.title is not None:
            start = section.heading.text.index(section.title)
            span = section.heading.span(start, start + len(section.title))
            yield Entity(section.title, span, tuple(_fields(section.lines)))


def _fields(lines: Sequence[Line]) -> Iterator[Field]:
    header = True
    for line in lines:
        row = _ROW.match(line.text)
        item = _ITEM.match(line.text)
        if item is not None:
            yield Field(item["name"], line.span(*item.span("name")))
        elif row is not None and not header:
            yield Field(row["name"], line.span(*row.span("name")))
        header = "|" not in line.text or (header and "---" not in line.text)


FORM = Form("headings", (".md", ".mdx"), (), read)
