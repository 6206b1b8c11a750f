"""Which objects speak of which: what has to be looked at when one of them goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from analyzer.model.catalog import Column, Constraint, Function, Oid, Policy, Relation

T = TypeVar("T", Relation, Function)


class Mentions:
    """Looks through each relation and function once, until it is replaced by another value."""

    def __init__(self) -> None:
        self._known: dict[Oid, tuple[Relation | Function, frozenset[Oid]]] = {}

    def among(self, things: Mapping[Oid, T], *oids: Oid) -> list[T]:
        """Those that speak of one of these, somewhere: a few more than rely on them."""
        return [each for each in things.values() if not self._of(each).isdisjoint(oids)]

    def _of(self, thing: Relation | Function) -> frozenset[Oid]:
        known = self._known.get(thing.oid)
        if known is None or known[0] is not thing:
            oids = _of_relation(thing) if isinstance(thing, Relation) else _of_function(thing)
            known = self._known[thing.oid] = thing, frozenset(oids)
        return known[1]


def _of_relation(relation: Relation) -> Iterator[Oid]:
    parts: tuple[Collection[Column | Constraint | Policy], ...] = (
        relation.columns,
        relation.constraints,
        relation.policies,
    )
    for part in parts:
        for each in part:
            yield from each.needs
    yield from relation.needs
    yield from (column.type.oid for column in relation.columns if column.type.oid is not None)
    yield from (constraint.target for constraint in relation.constraints if constraint.target is not None)
    yield from (oid for policy in relation.policies for oid, _ in policy.uses)
    yield from (trigger.function for trigger in relation.triggers)
    yield from (oid for oid, _ in relation.uses)
    yield from relation.parents
    single = (relation.partition_of, relation.of_type, relation.owner[0] if relation.owner else None)
    yield from (oid for oid in single if oid is not None)


def _of_function(function: Function) -> Iterator[Oid]:
    types = [parameter.type for parameter in function.parameters]
    types += [function.returns] if function.returns is not None else []
    yield from (use.oid for use in types if use.oid is not None)
    yield from function.needs
