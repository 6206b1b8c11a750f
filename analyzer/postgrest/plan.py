"""A request beside the schema: which relation each part of it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.catalog import Catalog, Function, Oid, Relation
from analyzer.model.record import Record
from analyzer.model.request import Embed, Name, Order, Selection
from analyzer.postgrest.embedding import Relationships
from analyzer.postgrest.relationship import Relationship

# Every table has them, and they can be selected like any other.
_SYSTEM = frozenset(("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"))


class Node(Record, frozen=True):
    """A select list with the relation that it is taken from; None where that can't be known.

    ``embed`` is None for the request itself. ``found`` are the relationships that the embed may mean: none and several
    are both refused, and nothing is known below.
    """

    relation: Relation | None
    selection: Selection
    embed: Embed | None = None
    found: tuple[Relationship, ...] = ()
    nodes: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, the outer before the inner."""
        yield self
        for node in self.nodes:
            yield from node.walk()

    def edges(self) -> Iterator[tuple[Node, Node]]:
        """Every embed with what it is embedded in, as (outer, inner)."""
        for node in self.nodes:
            yield self, node
            yield from node.edges()

    def descend(self, path: tuple[Name, ...]) -> Node | Name:
        """The node that a filter's path leads to, or the first name of it that is not embedded."""
        node = self
        for name in path:
            inner = node.inner(name.text)
            if inner is None:
                return name
            node = inner
        return node

    def sorted_by(self, order: Order) -> Node | Name:
        """The node that an order's path leads to: what `order=embed(column)` names is the alias, where there is one."""
        if not order.related:
            return self.descend(order.path)
        outer, last = self.descend(order.path[:-1]), order.path[-1]
        return outer if isinstance(outer, Name) else outer.shown_as(last.text) or last

    def inner(self, key: str) -> Node | None:
        """The embed of that alias or name."""
        named = (each for each in self.nodes if each.embed and key in (each.embed.alias, each.embed.target.text))
        return next(named, None)

    def shown_as(self, key: str) -> Node | None:
        """The embed that the answer holds under this key."""
        named = (each for each in self.nodes if each.embed and key == (each.embed.alias or each.embed.target.text))
        return next(named, None)


class Planner:
    """Sets requests beside the relations of one catalogue."""

    def __init__(self, catalog: Catalog, relationships: Relationships) -> None:
        self._catalog = catalog
        self._relationships = relationships
        self._rows: dict[Oid, frozenset[str]] | None = None

    def plan(self, schema: str, relation: Relation | None, selection: Selection) -> Node:
        """The select list with its embeds, for a request to a schema that starts at a relation."""
        return Node(relation, selection, nodes=self._nodes(schema, relation, selection))

    def _nodes(self, schema: str, relation: Relation | None, selection: Selection) -> tuple[Node, ...]:
        return tuple(self._node(schema, relation, embed) for embed in selection.embeds)

    def _node(self, schema: str, outer: Relation | None, embed: Embed) -> Node:
        found: tuple[Relationship, ...] = ()
        if outer is not None:
            hint = embed.hint.text if embed.hint is not None else None
            found = self._relationships.find(schema, outer.oid, embed.target.text, hint)
        relation = self._catalog.relations[found[0].target] if len(found) == 1 else None
        return Node(relation, embed.selection, embed, found, self._nodes(schema, relation, embed.selection))

    def has_column(self, relation: Relation, name: str) -> bool:
        """True when a request can ask a row for it: a column, a function of the row, or what may be there unseen."""
        return relation.open or relation.column(name) is not None or name in _SYSTEM or name in self._fields(relation)

    def takes_column(self, relation: Relation, name: str) -> bool:
        """True when a payload can hold it: a column of the relation's own, or what may be one unseen."""
        return relation.open or relation.column(name) is not None

    def _fields(self, relation: Relation) -> frozenset[str]:
        if self._rows is None:
            self._rows = _functions_of_rows(self._catalog)
        return self._rows.get(relation.oid, frozenset())


def _functions_of_rows(catalog: Catalog) -> dict[Oid, frozenset[str]]:
    """For each relation, the functions that a row of it can be given to alone: computed columns."""
    found: dict[Oid, set[str]] = {}
    for function in catalog.functions.values():
        oid = _row_argument(function)
        if oid in catalog.relations:
            found.setdefault(oid, set()).add(function.name)
    return {oid: frozenset(names) for oid, names in found.items()}


def _row_argument(function: Function) -> Oid:
    first, *rest = tuple(function.inputs()) or (None,)
    alone = first is not None and not first.type.dimensions and all(each and each.default for each in rest)
    return (first.type.oid or 0) if alone and first is not None else 0
