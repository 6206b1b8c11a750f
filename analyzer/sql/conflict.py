"""ON CONFLICT needs a key that it can go by."""

from __future__ import annotations

from analyzer.model.catalog import Relation, Unread
from analyzer.model.events import Conflict, Ref
from analyzer.sql.state import Refusal, State

_KEYS = frozenset(("unique", "primary", "index", "constraint"))


def refuse_conflict(state: State, table: Ref, conflict: Conflict) -> None:
    """42P10 when the table has no key of exactly these columns, 42704 when it has no constraint of the name."""
    relation = state.need_relation(table, in_query=True)
    if relation.kind not in ("table", "partitioned_table") or relation.open:
        return
    if any(_may_give_a_key(each, relation) for each in state.unread):
        return
    if conflict.constraint is not None and all(each.name != conflict.constraint for each in relation.constraints):
        message = f'constraint "{conflict.constraint}" for table "{relation.name}" does not exist'
        raise Refusal("42704", message, table.span)
    if not conflict.columns:
        return
    numbers = frozenset(state.need_column(relation, name, table.span).number for name in conflict.columns)
    if not any(numbers == key for key in _keys(state, relation)):
        message = "there is no unique or exclusion constraint matching the ON CONFLICT specification"
        raise Refusal("42P10", message, table.span)


def _may_give_a_key(unread: Unread, relation: Relation) -> bool:
    return (unread.dynamic or relation.name in unread.words) and not _KEYS.isdisjoint(unread.words)


def _keys(state: State, relation: Relation) -> list[frozenset[int]]:
    found = [frozenset(each.columns) for each in relation.constraints if each.kind in ("primary key", "unique")]
    for index in state.catalog.indexes.values():
        if index.relation == relation.oid and index.unique and not index.partial:
            found.append(frozenset(each or 0 for each in index.columns))
    return found
