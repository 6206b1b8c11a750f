"""Finds the calls: all extractors' queries joined into one, run only where one of their words stands.

A byte search for the words costs next to nothing, and a query that is kept to one word's bytes only looks at the nodes
above it: 0.01 s for a megabyte on top of the parse, where the query over whole files takes 0.03 and a walk 0.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.code.extractor import Extractor, Match
from analyzer.code.grammar import language
from analyzer.code.regions import Dialect
from analyzer.code.value import Values
from analyzer.registry import find_constants

if TYPE_CHECKING:
    from tree_sitter import Node, Query, QueryCursor


# How many levels a query may span above its word. From the root, a chain of a thousand calls would cost its square.
_REACH = 8


@cache
def extractors() -> tuple[Extractor, ...]:
    """Every extractor, in order of module name."""
    return find_constants("analyzer.code.extractors", "EXTRACTOR")


@cache
def anchors() -> re.Pattern[bytes]:
    """The bytes without which a file holds no call that any extractor reads."""
    return re.compile(rb"(?:" + rb"|".join(each.anchor for each in extractors()) + rb")(?![\w$])")


def matches(values: Values, dialect: Dialect) -> Iterator[tuple[Extractor, Match]]:
    """The places that the queries find, in the order of the file."""
    from tree_sitter import QueryCursor

    script = values.script
    cursor = QueryCursor(_joined(dialect))
    by_name = {each.name: each for each in extractors()}
    for hit in anchors().finditer(script.data, 0, script.end):
        word = script.root.descendant_for_byte_range(hit.end() - 1, hit.end())
        if word is None:
            continue
        cursor.set_byte_range(hit.end() - 1, hit.end())
        for captures in _captures(cursor, script.path(word)[-_REACH:][0] if word.id != script.root.id else word):
            nodes = {name: found[0] for name, found in captures.items()}
            if _stands_at(nodes["anchor"], hit.end()):
                yield from ((by_name[name], Match(nodes, values)) for name in nodes if name in by_name)


def _captures(cursor: QueryCursor, node: Node) -> list[dict[str, list[Node]]]:
    """What the query finds; nothing where a name holds bytes that are no UTF-8, which the file's problems tell."""
    try:
        return [captures for _, captures in cursor.matches(node)]
    except UnicodeDecodeError:
        return []


def query_text(name: str) -> str:
    """The text of a query file: from the installed package, or from the repository beside it."""
    installed = files("analyzer") / "queries" / f"{name}.scm"
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "queries" / f"{name}.scm").read_text(encoding="utf-8")


@cache
def _joined(dialect: Dialect) -> Query:
    from tree_sitter import Query

    names = dict.fromkeys(each.query for each in extractors())
    return Query(language(dialect), "\n".join(query_text(name) for name in names))


def _stands_at(anchor: Node, end: int) -> bool:
    return anchor.start_byte < end <= anchor.end_byte
