"""CREATE INDEX."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Index
from analyzer.model.events import AttachIndex, CreateIndex, Ref
from analyzer.model.span import Span
from analyzer.sql.columns import free_name
from analyzer.sql.inheritance import hand_down_to_all
from analyzer.sql.keys import joined, key_columns, numbered, refuse_unparted_key
from analyzer.sql.needs import needs_of
from analyzer.sql.operator_classes import refuse_classless, refuse_dimensions, refuse_missing_class
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_columns, vet_expression
from analyzer.sql.volatility import refuse_mutable


def create_index(state: State, event: CreateIndex, span: Span) -> None:
    """CREATE INDEX: the table, then the name, then the columns have to be right."""
    relation = state.need_relation(event.table)
    if relation.kind not in ("table", "partitioned_table", "materialized_view") and not relation.open:
        raise Refusal("42809", f'cannot create index on relation "{relation.name}"', event.table.span)
    texts = (*event.expressions, *([event.where] if event.where else []))
    vet_expression(state, texts, lambda: vet_columns(state, relation, *texts))
    refuse_mutable(state, relation, "functions in index predicate must be marked IMMUTABLE", event.where)
    names = [name for name in event.columns if name is not None]
    keys = {column.name: column.number for column in key_columns(state, relation, names, span)}
    current = state.catalog.relations[relation.oid]
    used = [current.column(name) for text in texts for name in text.names]
    included = key_columns(state, relation, event.include, span)
    for name in event.columns:
        if name in event.classless and (column := current.column(name or "")) is not None:
            refuse_classless(state, column, event.method, span)
    for given in event.classes:
        refuse_missing_class(state, given, event.method)
    refuse_mutable(state, relation, "functions in index expression must be marked IMMUTABLE", *event.expressions)
    taken = state.catalog.relation_names.get((relation.schema, event.name or ""))
    if event.if_not_exists and taken is not None:
        return
    name = event.name or free_name(state, relation.schema, relation.name, joined(numbered(event.labels)), "idx")
    state.refuse_taken(relation.schema, name, span)
    if event.method in ("hnsw", "ivfflat"):
        for each in filter(None, (current.column(name or "") for name in event.columns)):
            refuse_dimensions(state, each, event.method, span)
    if event.unique:
        refuse_unparted_key(relation, [keys.get(each or "") for each in event.columns], "unique", span)
    state.add_index(
        Index(
            state.new_oid(),
            relation.schema,
            name,
            relation.oid,
            tuple(keys[name] if name is not None else None for name in event.columns),
            unique=event.unique,
            partial=event.where is not None,
            uses=frozenset((*keys.values(), *(c.number for c in (*used, *included) if c is not None))),
            place=state.place(span),
            needs=needs_of(state, *texts),
            labels=numbered(event.labels),
            alone=event.only and relation.kind == "partitioned_table",
        )
    )
    hand_down_to_all(state, relation)


def attach_index(state: State, event: AttachIndex, span: Span) -> None:
    """ALTER INDEX … ATTACH PARTITION: both have to be there, and to belong to the whole and to a partition of it."""
    whole, part = _need_index(state, event.index), _need_index(state, event.part)
    if whole is None or part is None or part.parent == whole.oid:
        return
    table = state.catalog.relations[part.relation]
    if table.partition_of != whole.relation:
        message = f'cannot attach index "{part.name}" as a partition of index "{whole.name}"'
        raise Refusal("55000", message, event.part.span)
    state.journal.put(state.catalog.indexes, part.oid, replace(part, parent=whole.oid))


def _need_index(state: State, ref: Ref) -> Index | None:
    found = state.find_relation(ref)
    if isinstance(found, Index):
        return found
    if found is None and ref.schema is not None:
        state.need_schema(ref.schema, ref.span)
    if found is None and not state.explained(ref.name, "create", "index"):
        raise Refusal("42P01", f'relation "{ref}" does not exist', ref.span)
    return None


EFFECTS = {AttachIndex: attach_index, CreateIndex: create_index}
