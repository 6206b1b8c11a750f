"""Mermaid's ``erDiagram``: entities with their attributes in braces, and the relationships that name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from analyzer.domain.form import Form, Line
from analyzer.model.domain import Entity, Field

_NAME = r'(?:"(?P<{0}quoted>[^"]+)"|(?P<{0}>[\w-]+))(?:\[[^\]]*\])?'
_SIGNS = r"[|}][|o](?:--|\.\.)[|o][|{]"
_WORDS = r"(?:\w+\+? )*?(?:optionally )?to (?:\w+\+? )*?"
_RELATIONSHIP = re.compile(
    rf"\s*{_NAME.format('left')}\s*(?:{_SIGNS}|(?<=\s){_WORDS})\s*{_NAME.format('right')}\s*(?::.*)?$"
)
_OPENING = re.compile(rf"\s*{_NAME.format('name')}\s*\{{\s*(?P<rest>.*)$")
_ALONE = re.compile(rf"\s*{_NAME.format('name')}\s*$")
_ATTRIBUTE = re.compile(r"\s*(?P<type>[A-Za-z_][\w()\[\],-]*)\s+(?P<name>\*?[A-Za-z_][\w-]*)")
_COMMENT = re.compile(r'"[^"]*"|%%.*')
_DIAGRAM = re.compile(r"\s*erDiagram\b")
_OTHER = re.compile(r"\s*(?:%%|direction\b|title\b|accTitle\b|accDescr\b|style\b|class\b|classDef\b|---)")


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """Each entity once, with its attributes, where it is first named."""
    inside = False
    found: dict[str, Entity] = {}
    fields: defaultdict[str, list[Field]] = defaultdict(list)
    open_name = ""
    for line in lines:
        if not inside:
            inside = _DIAGRAM.match(line.text) is not None
        elif open_name:
            open_name = _attribute(line, fields[open_name], open_name)
        elif not _OTHER.match(line.text):
            open_name = _statement(line, found)
    yield from (replace(entity, fields=tuple(fields[name])) for name, entity in found.items())


def _attribute(line: Line, fields: list[Field], name: str) -> str:
    """Adds the attribute of this line; gives the name of the entity that is still open, if it is."""
    attribute = _ATTRIBUTE.match(line.text)
    if attribute is not None:
        start = attribute.start("name") + attribute["name"].startswith("*")
        fields.append(Field(line.text[start : attribute.end("name")], line.span(start, attribute.end("name"))))
    return "" if "}" in _COMMENT.sub("", line.text) else name


def _statement(line: Line, found: dict[str, Entity]) -> str:
    """Takes in what the line names; gives the name of the entity whose attributes follow, if they do."""
    relationship = _RELATIONSHIP.match(line.text)
    if relationship is not None:
        for side in ("left", "right"):
            _name(line, relationship, side, found)
        return ""
    opening = _OPENING.match(line.text)
    if opening is not None:
        name = _name(line, opening, "name", found)
        return "" if "}" in opening["rest"] else name
    alone = _ALONE.match(line.text)
    if alone is not None:
        _name(line, alone, "name", found)
    return ""


def _name(line: Line, match: re.Match[str], group: str, found: dict[str, Entity]) -> str:
    part = group if match[group] is not None else f"{group}quoted"
    found.setdefault(match[part], Entity(match[part], line.span(*match.span(part))))
    return match[part]


FORM = Form("entity relationship diagram", (".mmd", ".mermaid"), ("mermaid",), read)
