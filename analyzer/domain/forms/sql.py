"""SQL in a document: each table that it creates, with its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line
from analyzer.model.domain import Entity, Field

_NAME = r'(?:"[^"]+"|[A-Za-z_]\w*)'
_TABLE = re.compile(
    rf"\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?P<name>(?:{_NAME}\.)?{_NAME})\s*(?P<rest>\(.*)?$",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf"[\s(]*(?P<name>{_NAME})\s+[A-Za-z]")
_CLAUSES = frozenset(
    ("constraint", "primary", "unique", "foreign", "check", "exclude", "like", "references", "on", "not")
)


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """Each CREATE TABLE that begins a line. Columns are those that begin one, up to the line that ends the statement."""
    for number, line in enumerate(lines):
        table = _TABLE.match(line.text)
        if table is not None:
            name = table["name"].replace('"', "")
            rest = () if _ends(line) else lines[number + 1 :]
            yield Entity(name, line.span(*table.span("name")), tuple(_columns(rest)))


def _columns(lines: Sequence[Line]) -> Iterator[Field]:
    for line in lines:
        if line.text.lstrip().startswith(")") or _TABLE.match(line.text):
            return
        column = _COLUMN.match(line.text)
        if column is not None and column["name"].lower() not in _CLAUSES:
            yield Field(column["name"].replace('"', ""), line.span(*column.span("name")))
        if _ends(line):
            return


def _ends(line: Line) -> bool:
    return line.text.partition("--")[0].rstrip().endswith(";")


FORM = Form("SQL", (), ("sql", "postgresql", "postgres", "pgsql", "psql"), read)
