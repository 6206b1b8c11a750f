"""`Tables<'deals'>`, `Enums<'mood'>`, `Database['public']['Tables']['deals']['Row']`: what generated types are asked for.

``operation`` is the part of the types that is asked: ``Tables``, ``Views``, ``Enums``, ``Functions``, ``CompositeTypes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.code.extractor import Extractor, Match
from analyzer.code.script import Script
from analyzer.code.syntax import field, parts, unescape
from analyzer.model.facts import Name, Reference
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_PARTS = {
    "Tables": "Tables",
    "TablesInsert": "Tables",
    "TablesUpdate": "Tables",
    "Enums": "Enums",
    "CompositeTypes": "CompositeTypes",
}
_ROWS = frozenset({"Row", "Insert", "Update"})


def read(match: Match) -> Reference | None:
    """The name, unless the type is one of another kind after all."""
    script, node = match.values.script, match.nodes["type_reference"]
    return _generic(match, script, node) if node.type == "generic_type" else _lookup(script, node)


def _generic(match: Match, script: Script, node: Node) -> Reference | None:
    label, given = field(node, "name"), field(node, "type_arguments")
    names = [name for each in parts(given) if (name := _literal(script, each)) is not None] if given is not None else []
    if label is None or len(names) != 1:
        return None
    word = script.text(label)
    binding = match.values.scopes.find(word, label, as_type=True)
    # The types of the project; one that a library or a parameter brings is not ours.
    if binding is None or (binding.sort == "type" and binding.node.type == "type_parameter"):
        return None
    return Reference("type", (names[0],), operation=_PARTS[word], client="types")


def _lookup(script: Script, node: Node) -> Reference | None:
    """`X['public']['Tables']['deals']`, seen from its `'Tables'`."""
    path = script.path(node)
    chain = [each for each in reversed(path[-5:]) if each.type == "lookup_type"]
    if len(chain) < 2:
        return None
    schema = _index(script, _owner(chain[0]))
    name = _index(script, chain[1])
    if schema is None or name is None:
        return None
    part = _literal(script, node)
    columns: tuple[Name, ...] = ()
    if len(chain) > 3 and (row := _index(script, chain[2])) is not None and row.text in _ROWS:
        column = _index(script, chain[3])
        columns = (column,) if column is not None else ()
    return Reference("type", (name,), schema, operation=part.text if part else None, columns=columns, client="types")


def _owner(lookup: Node) -> Node | None:
    inside = parts(lookup)
    return inside[0] if inside else None


def _index(script: Script, lookup: Node | None) -> Name | None:
    """The text between the brackets."""
    inside = parts(lookup) if lookup is not None and lookup.type == "lookup_type" else []
    return _literal(script, inside[1]) if len(inside) > 1 else None


def _literal(script: Script, node: Node) -> Name | None:
    inner = node.named_child(0) if node.type == "literal_type" else None
    if inner is None or inner.type != "string":
        return None
    return Name(unescape(script.text(inner)[1:-1]), Span(inner.start_byte + 1, inner.end_byte - 1))


_GENERIC, _KEY = r"(?=\s*<\s*['\"])", r"(?=['\"]\s*\]\s*\[\s*['\"])"
_WORDS = (b"Tables", b"Views", b"Enums", b"Functions", b"CompositeTypes")
_ANCHOR = "|".join(
    [
        *(word + _GENERIC for word in _PARTS),
        *(word + _KEY for word in ("Tables", "Views", "Enums", "Functions", "CompositeTypes")),
    ]
)

EXTRACTOR = Extractor("type_reference", ("type",), _WORDS, _ANCHOR.encode(), "type_reference", read)
