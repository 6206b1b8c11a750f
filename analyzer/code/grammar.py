"""From a file's bytes to its syntax tree. tree-sitter is imported when the first file is parsed, not before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from analyzer.code.deadline import look_at_the_clock
from analyzer.code.mend import mend
from analyzer.code.regions import Dialect
from analyzer.code.script import Script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Parser, Tree

# One error may hide others, so a mended file may need mending again.
_ROUNDS = 4
# What is shorter is parsed in no time, whatever it holds.
_QUICK, _PIECE = 8_000, 65_536


@cache
def language(dialect: Dialect) -> Language:
    """The grammar as tree-sitter knows it."""
    import tree_sitter
    import tree_sitter_typescript

    make = tree_sitter_typescript.language_tsx if dialect == "tsx" else tree_sitter_typescript.language_typescript
    return tree_sitter.Language(make())


@cache
def _parser(dialect: Dialect) -> Parser:
    import tree_sitter

    return tree_sitter.Parser(language(dialect))


def parse(data: bytes, dialect: Dialect, more: bytes = b"") -> Script:
    """The tree of a file, with ``more`` set after its end. It always answers: what is not understood is an ERROR node in the tree.

    The grammar does not know some legal forms. A file with errors is parsed again with these spelt in another way of
    the same length, so every position still holds.
    """
    parser = _parser(dialect)
    end, data = len(data), data + more
    tree = _tree(parser, data)
    spelling = data
    for _ in range(_ROUNDS):
        if not tree.root_node.has_error:
            break
        mended = mend(spelling, list(errors(tree.root_node)))
        if mended == spelling:
            break
        spelling, tree = mended, _tree(parser, mended)
    return Script(data, tree.root_node, end)


def _tree(parser: Parser, data: bytes) -> Tree:
    """The tree, made within reach of Ctrl-C and of the bound on time: some errors cost the square of the file's length.

    tree-sitter asks for leave now and then, and that is when Python delivers signals, and there is time to look at the clock.
    """
    if len(data) < _QUICK:
        return parser.parse(data)
    try:
        return parser.parse(lambda at, _: data[at : at + _PIECE], progress_callback=_goes_on)
    except SystemError as error:  # what was raised then, in the binding's words
        _parser.cache_clear()
        raise (error.__cause__ or error) from None


def _goes_on(offset: int, has_error: bool) -> bool:
    """False, since True would end it, with less to tell than an error."""
    look_at_the_clock()
    return False


def first_error(root: Node) -> Node | None:
    """The first place that the grammar could not read, None when there is none."""
    return next(errors(root), None)


def errors(root: Node) -> Iterator[Node]:
    """The ERROR and MISSING nodes, in order; a walk without recursion, since the tree may be deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            waiting.extend(reversed(node.children))
