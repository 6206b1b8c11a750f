"""Which relationship an embed means: PostgREST's ``findRel``, rule for rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analyzer.model.catalog import Catalog, Oid
from analyzer.postgrest.relationship import Relationship, all_relationships


class Relationships:
    """Answers which relationships a request between exposed relations may mean."""

    def __init__(self, catalog: Catalog, exposed: Sequence[str]) -> None:
        self._catalog = catalog
        self._exposed = frozenset(exposed)
        self._from: dict[Oid, list[Relationship]] = defaultdict(list)
        for each in all_relationships(catalog):
            self._from[each.origin].append(each)

    def between(self, origin: Oid, target: Oid) -> tuple[Relationship, ...]:
        """All that lead from one to the other, whatever a request would say."""
        return tuple(each for each in self._from.get(origin, ()) if each.target == target)

    def find(self, schema: str, origin: Oid, target: str, hint: str | None) -> tuple[Relationship, ...]:
        """What ``target!hint(…)`` means in a request on ``origin``: one if it is right, none, or several.

        ``schema`` is the schema of the request; nothing outside it can be embedded.
        """
        return tuple(each for each in self._from.get(origin, ()) if self._means(each, schema, target, hint))

    def _means(self, found: Relationship, schema: str, target: str, hint: str | None) -> bool:
        relation = self._catalog.relations[found.target]
        if self._catalog.schema_of(relation) != schema or self._hidden(found):
            return False
        if found.cardinality == "computed":
            return target == found.name
        named = target == relation.name
        if found.itself:
            return _itself(found, named, target, hint)
        if hint is not None:
            return named and _hinted(found, hint)
        return named or (not found.to_view and (_is_constraint(found, target) or _is_column(found, target)))

    def _hidden(self, found: Relationship) -> bool:
        junction = self._catalog.relations.get(found.junction or 0)
        return junction is not None and self._catalog.schema_of(junction) not in self._exposed


def _itself(found: Relationship, named: bool, target: str, hint: str | None) -> bool:
    """A relation that refers to itself: its name gives the children, the column of the key the parent."""
    if hint is not None:
        return named and found.cardinality == "one-to-many" and _is_referenced(found, hint)
    if named and found.cardinality == "one-to-many":
        return True
    return found.cardinality == "many-to-one" and _is_column(found, target)


def _hinted(found: Relationship, hint: str) -> bool:
    if found.cardinality == "many-to-many":
        return hint == found.name
    return _is_constraint(found, hint) or _is_column(found, hint) or _is_referenced(found, hint)


def _is_constraint(found: Relationship, name: str) -> bool:
    return found.cardinality != "many-to-many" and name == found.name


def _is_column(found: Relationship, name: str) -> bool:
    return found.cardinality != "many-to-many" and len(found.pairs) == 1 and name == found.pairs[0][0]


def _is_referenced(found: Relationship, name: str) -> bool:
    return found.cardinality != "many-to-many" and len(found.pairs) == 1 and name == found.pairs[0][1]
