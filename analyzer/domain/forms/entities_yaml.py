"""YAML with ``entities:`` (or ``tables:``): names with their fields, as a mapping or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analyzer.domain.form import Form, Line, UnreadableError
from analyzer.model.domain import Entity, Field

if TYPE_CHECKING:
    import yaml

_ROOTS = ("entities", "tables")
_FIELDS = ("fields", "columns", "attributes", "properties")
_DEEPEST = 40
_HEAD = re.compile(rf"(?:{'|'.join(_ROOTS)})\s*:")


def read(lines: Sequence[Line]) -> Iterator[Entity]:
    """Each entity with its fields; nothing of a file that has no such key at its top."""
    if not any(_HEAD.match(line.text) for line in lines):
        return
    for key, value in _pairs(_root(lines)):
        if key.value in _ROOTS:
            yield from _entities(value, lines)


def _root(lines: Sequence[Line]) -> yaml.Node | None:
    """The document's node, of plain data only.

    Aliases are refused: a few lines of them can stand for gigabytes. So is what is deep: its cost grows with the square.
    """
    import yaml

    text = "\n".join(line.text for line in lines)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line if event.start_mark else 0
                told = "this is nested too deeply" if depth > _DEEPEST else "aliases (*name) are not supported"
                raise UnreadableError(lines[line].offset, told)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line, len(lines) - 1) if error.problem_mark else 0
        raise UnreadableError(lines[line].offset, f"this is not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise UnreadableError(lines[0].offset, f"this is not valid YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise UnreadableError(lines[0].offset, "this is nested too deeply") from None


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    import yaml

    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))


def _named(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """The names in a mapping or a list, each with what is said of it: ``personas: …``, ``- name: personas``, ``- personas``."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return
    if not isinstance(node, yaml.SequenceNode):
        yield from _pairs(node)
        return
    for item in node.value:
        if isinstance(item, yaml.ScalarNode):
            yield item, item
        else:
            pairs = list(_pairs(item))
            name = next((value for key, value in pairs if key.value == "name"), None)
            if isinstance(name, yaml.ScalarNode):
                yield name, item
            elif len(pairs) == 1:
                yield pairs[0]


def _entities(node: yaml.Node, lines: Sequence[Line]) -> Iterator[Entity]:
    for name, said in _named(node):
        fields = [
            _field(field, lines) for key, value in _pairs(said) if key.value in _FIELDS for field, _ in _named(value)
        ]
        written = _field(name, lines)
        yield Entity(written.name, written.span, tuple(fields))


def _field(node: yaml.ScalarNode, lines: Sequence[Line]) -> Field:
    start, end = node.start_mark, node.end_mark
    stop = end.column if end.line == start.line else len(lines[start.line].text)
    return Field(str(node.value), lines[start.line].span(start.column, stop))


FORM = Form("list of entities", (".yaml", ".yml"), ("yaml", "yml"), read)
