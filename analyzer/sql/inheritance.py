"""Tables that get their columns from others: children by INHERITS, and partitions."""

from __future__ import annotations

from dataclasses import replace

from analyzer.model.catalog import Relation
from analyzer.sql.state import State


def inherit(state: State, relation: Relation, parent: Relation) -> None:
    """Add the parent's columns that the table has not."""
    source = state.catalog.relations[parent.oid]
    for column in source.columns:
        if state.catalog.relations[relation.oid].column(column.name) is None:
            state.add_column(relation, replace(column, identity=None))
    if source.open:
        state.change(relation, open=True)


def children(state: State, relation: Relation) -> list[Relation]:
    """The tables that inherit from this one, and its partitions."""
    return [
        each
        for each in state.catalog.relations.values()
        if relation.oid in each.parents or each.partition_of == relation.oid
    ]
