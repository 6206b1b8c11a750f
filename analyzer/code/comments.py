"""The comments of a code file: those of its script, as the grammar sees them, and those of the markup around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analyzer.code.grammar import parse
from analyzer.code.regions import markup_of, region_of
from analyzer.model.source import Source
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENTS = frozenset(("comment", "html_comment"))
_STATEMENTS = ("_statement", "_declaration")
_CODE = frozenset(("statement_block", "class_body", "switch_body", "jsx_element", "jsx_self_closing_element"))
# A tag is read as a whole, so that what looks like a comment in an attribute is none; one without an end stops nothing.
_MARKUP = re.compile(rb"(<!--.*?(?:-->|\Z))|<[A-Za-z/](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>?", re.DOTALL)
_BRACED = re.compile(rb"\{\s*+(/\*.*?(?:\*/|\Z))", re.DOTALL)


def comments(source: Source, word: bytes) -> tuple[Span, ...]:
    """Where each comment stands that holds the word, in order. What only looks like one, in a string, is none."""
    return tuple(sorted({*_in_script(source, word), *_in_markup(source, word)}))


def statements(source: Source, spans: Iterable[Span]) -> dict[Span, Span]:
    """The statement that each of these comments of the script stands before, where it is one call or value.

    What holds code of its own, such as a function's body, is none: a comment would reach further than its reader sees.
    """
    region = region_of(source.path, source.data)
    if region is None:
        return {}
    root = parse(region.data, region.dialect).root
    found: dict[Span, Span] = {}
    for span in spans:
        node = root.descendant_for_byte_range(span.start, span.end)
        if node is not None and node.type in _COMMENTS and (below := _below(node)) is not None:
            found[span] = Span(below.start_byte, below.end_byte)
    return found


def _below(comment: Node) -> Node | None:
    node = comment.next_named_sibling
    while node is not None and node.type in _COMMENTS:
        node = node.next_named_sibling
    return node if node is not None and node.type.endswith(_STATEMENTS) and not _holds_code(node) else None


def _holds_code(node: Node) -> bool:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.type in _CODE:
            return True
        waiting.extend(each.named_children)
    return False


def _in_script(source: Source, word: bytes) -> Iterator[Span]:
    region = region_of(source.path, source.data)
    if region is None or word not in region.data:
        return
    root = parse(region.data, region.dialect).root
    for hit in re.finditer(re.escape(word), region.data):
        node = root.descendant_for_byte_range(hit.start(), hit.end())
        if node is not None and node.type in _COMMENTS:
            yield Span(node.start_byte, node.end_byte)


def _in_markup(source: Source, word: bytes) -> Iterator[Span]:
    markup = markup_of(source.path, source.data)
    forms = (_MARKUP, _BRACED) if source.path.lower().endswith(".astro") else (_MARKUP,)
    for form in forms if word in markup else ():
        for match in form.finditer(markup):
            if match[1] is not None and word in match[1]:
                yield Span(*match.span(1))
