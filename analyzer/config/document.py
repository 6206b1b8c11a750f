"""A YAML file -> its top-level entries, each with its line. Nothing but text, lists and mappings comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzer.model.errors import ConfigError
from analyzer.model.record import Record

if TYPE_CHECKING:
    import yaml

Value = str | None | list["Value"] | dict[str, "Value"]

_DEEPEST = 20
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class Entry(Record, frozen=True):
    """One top-level key with its value (None when it is left empty) and the line of the key, from 1.

    ``lines`` are those of a list's items or a mapping's keys, in order.
    """

    key: str
    value: Value
    line: int
    lines: tuple[int, ...] = ()


class _RefusedError(Exception):
    """A node that a configuration may not hold."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def read_entries(data: bytes, shown: str) -> tuple[Entry, ...]:
    """The entries of a YAML mapping, in order; ``shown`` is how errors name the file.

    Raises ConfigError for what is no YAML, no mapping, has a key twice, a tag or an alias. Scalars stay text: YAML 1.1
    reads ``off`` as false and 2024-01-01 as a date, and none of our keys takes either.
    """
    import yaml

    try:
        return tuple(_entries(_root(data)))
    except yaml.MarkedYAMLError as error:
        where = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigError(f"{shown}{where}: is not valid YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{shown}: is not valid YAML: {' '.join(str(error).split())}") from None
    except _RefusedError as refused:
        raise ConfigError(f"{shown}:{refused.line}: {refused}") from None
    except RecursionError:
        raise ConfigError(f"{shown}: is nested too deeply") from None


def _root(data: bytes) -> yaml.Node | None:
    """The document's node. Aliases are refused before it is composed: a few lines of them can stand for gigabytes."""
    import yaml

    depth = 0
    for event in yaml.parse(data, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _RefusedError(event.start_mark.line + 1 if event.start_mark else 1, "is nested too deeply")
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _RefusedError(line, "aliases (*name) are not supported: write it out")
    return yaml.compose(data, Loader=yaml.BaseLoader)


def _entries(root: yaml.Node | None) -> Iterator[Entry]:
    import yaml

    if root is None or _is_empty(root):
        return
    if not isinstance(root, yaml.MappingNode):
        raise _RefusedError(_line(root), "the file holds no mapping: write `key: value` lines")
    seen: set[str] = set()
    for key_node, value_node in root.value:
        yield Entry(_key(key_node, seen), _value(value_node), _line(key_node), tuple(_lines(value_node)))


def _lines(node: yaml.Node) -> Iterator[int]:
    import yaml

    if isinstance(node, yaml.CollectionNode):
        for each in node.value:
            yield _line(each[0] if isinstance(node, yaml.MappingNode) else each)


def _value(node: yaml.Node) -> Value:
    import yaml

    if node.tag not in _PLAIN_TAGS:
        raise _RefusedError(_line(node), f"tags ({node.tag}) are not supported")
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        return {_key(key, seen): _value(value) for key, value in node.value}
    return None if _is_empty(node) else str(node.value)


def _is_empty(node: yaml.Node) -> bool:
    import yaml

    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _key(node: yaml.Node, seen: set[str]) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN_TAGS:
        raise _RefusedError(_line(node), "a key has to be plain text")
    key = str(node.value)
    if key in seen:
        raise _RefusedError(_line(node), f"the key {key!r} stands twice")
    seen.add(key)
    return key


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
