"""Which tables surely hold no row: a row that refers to one of them is refused."""

from __future__ import annotations

from analyzer.model.catalog import Constraint, Relation
from analyzer.model.events import Need
from analyzer.model.span import Span
from analyzer.sql.inheritance import children
from analyzer.sql.state import Refusal, State

_FILLING = frozenset(("insert", "copy", "merge"))
# They run functions, or switch triggers off: what there is then can't be told.
_ANYTHING = frozenset(("select", "call", "with", "values", "execute", "explain"))


def keep_contents(state: State, event: Need) -> None:
    """Follow what a statement does to the rows. 23503 for a row that refers to a table without any."""
    if event.kind in _ANYTHING or event.kind == "set replica":
        lose_contents(state)
    elif event.kind in _FILLING:
        for ref in event.relations:
            relation = state.need_relation(ref, in_query=True)
            _refuse_orphans(state, relation, event)
            if any("insert" in trigger.events for trigger in relation.triggers) or relation.rules:
                lose_contents(state)
            state.journal.put(state.filled, relation.oid, True)


def lose_contents(state: State) -> None:
    """From here on any table may hold rows."""
    if not state.filled_unknown:
        state.filled_unknown = True
        state.journal.on_undo(lambda: setattr(state, "filled_unknown", False))


def _refuse_orphans(state: State, relation: Relation, event: Need) -> None:
    if state.filled_unknown or relation.kind != "table" or any(each.timing == "before" for each in relation.triggers):
        return
    for key in relation.constraints:
        columns = relation.names_of(key.columns)
        if key.kind == "foreign key" and columns and set(columns) <= set(event.given) and _empty(state, key, relation):
            message = f'insert or update on table "{relation.name}" violates foreign key constraint "{key.name}"'
            raise Refusal("23503", message, _place(event))


def _place(event: Need) -> Span:
    return event.relations[0].span


def _empty(state: State, key: Constraint, relation: Relation) -> bool:
    """True when the table that the key points at surely has no row. A fresh Supabase database has no users."""
    target = state.catalog.relations.get(key.target or 0)
    if target is None or target.oid == relation.oid or target.oid in state.filled or target.kind != "table":
        return False
    users = target.managed and (state.catalog.schema_of(target), target.name) == ("auth", "users")
    known = users or (not target.managed and target.place is not None and not target.open)
    return known and not children(state, target) and not any(_may_fill(each.words, target) for each in state.unread)


def _may_fill(words: frozenset[str], target: Relation) -> bool:
    return target.name in words or bool(words & {"insert", "copy", "execute", "select", "perform"})
