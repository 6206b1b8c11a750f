"""Lists in Markdown whose items begin with a table's name in code font, in a section that announces tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line, is_table_name
from analyzer.domain.markdown import sections
from analyzer.model.domain import Entity, Field
from analyzer.model.record import Record

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d+[.)])[ \t]+(?P<text>.*)$")
_LEADING = re.compile(r"(?:\*\*)?`(?P<name>[^`]+)`(?:\*\*)?")
_NAME = re.compile(r"[a-z_][a-z0-9_.]*")
_AND = re.compile(r"\s*(?:,|/|&|\band\b|\by\b|\be\b)\s*")
_AFTER = re.compile(r"(?:\*\*)?\s*(?:$|[:(\[–—-]|→|->|=)")
_LEAST = 2


class _Item(Record, frozen=True):
    """A list item: how deep it stands, and the names in code font that it begins with."""

    indent: int
    names: tuple[Field, ...]


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """The tables that the items of such lists begin with; the items below one are its fields.

    Nothing of a section where fewer than two items begin so, or less than two thirds: that is a list of something else.
    """
    for section in sections(lines):
        items = [item for line in section.lines if (item := _item(line)) is not None] if section.telling else []
        shallowest = min((item.indent for item in items), default=0)
        tops = [item for item in items if item.indent == shallowest]
        named = [item for item in tops if item.names and all(is_table_name(each.name) for each in item.names)]
        if len(named) >= _LEAST and 3 * len(named) >= 2 * len(tops):
            yield from _entities(items, shallowest)


def _item(line: Line) -> _Item | None:
    match = _ITEM.match(line.text)
    if match is None:
        return None
    return _Item(len(match["indent"].expandtabs(4)), tuple(_names(line, match.start("text"))))


def _names(line: Line, at: int) -> Iterator[Field]:
    """The names that the item begins with, none where something else follows than what explains a name."""
    names: list[Field] = []
    while (match := _LEADING.match(line.text, at)) is not None and _NAME.fullmatch(match["name"]):
        names.append(Field(match["name"], line.span(*match.span("name"))))
        following = _AND.match(line.text, match.end())
        at = following.end() if following else match.end()
        if following is None:
            break
    if _AFTER.match(line.text, at):
        yield from names


def _entities(items: Sequence[_Item], shallowest: int) -> Iterator[Entity]:
    tables: tuple[Field, ...] = ()
    fields: list[Field] = []
    for item in items:
        if item.indent == shallowest:
            yield from _with(fields, tables)
            tables, fields = item.names, []
        else:
            fields.extend(item.names)
    yield from _with(fields, tables)


def _with(fields: Sequence[Field], tables: Sequence[Field]) -> Iterator[Entity]:
    yield from (Entity(each.name, each.span, tuple(fields)) for each in tables if is_table_name(each.name))


FORM = Form("lists", (".md", ".mdx"), (), read)
