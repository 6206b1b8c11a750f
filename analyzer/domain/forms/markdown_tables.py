"""Tables in Markdown whose first column is headed Table or Entity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line, is_table_name
from analyzer.domain.markdown import sections
from analyzer.model.domain import Entity

_HEADS = frozenset({"table", "table name", "entity", "model", "tabla", "entidad", "tabela", "entidade", "tabelle"})
_CELL = re.compile(r"\s*+(?:\|\s*+)?(?P<cell>[^|]*+)\|")
_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+\|[\s|:-]*+$")
_LEAST = 2


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """The tables that such a table's rows begin with, in a section that announces tables.

    Nothing of one with fewer than two such rows, or with a row that begins with something else.
    """
    for section in sections(lines):
        if section.telling:
            for number, line in enumerate(section.lines):
                if _RULE.match(line.text) and number and _cell(section.lines[number - 1].text).lower() in _HEADS:
                    yield from _entities(section.lines[number + 1 :])


def _cell(text: str) -> str:
    match = _CELL.match(text)
    return match["cell"].strip().strip("*` ") if match else ""


def _entities(lines: Sequence[Line]) -> Iterator[Entity]:
    entities: list[Entity] = []
    for line in lines:
        if "|" not in line.text:
            break
        name = _cell(line.text)
        if not is_table_name(name):
            return
        start = line.text.index(name)
        entities.append(Entity(name, line.span(start, start + len(name))))
    yield from entities if len(entities) >= _LEAST else ()


FORM = Form("tables", (".md", ".mdx"), (), read)
