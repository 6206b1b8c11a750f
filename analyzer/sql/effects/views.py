"""CREATE VIEW and MATERIALIZED VIEW, CREATE SEQUENCE."""

from __future__ import annotations

from analyzer.model.catalog import Column, Oid, Relation
from analyzer.model.events import CreateSequence, CreateView
from analyzer.model.span import Span
from analyzer.sql.needs import needs_of
from analyzer.sql.removal import drop_relation
from analyzer.sql.resolve import Given, Resolved, resolve_query
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_calls


def create_view(state: State, event: CreateView, span: Span) -> None:
    """CREATE [OR REPLACE] VIEW with its column names; one whose columns can't be told is left open."""
    schema = state.creation_schema(event.view, temporary=event.temporary)
    existing = state.catalog.relations.get(state.catalog.relation_names.get((schema, event.view.name), 0))
    if existing is not None and not state.imagined(existing.oid):
        if event.if_not_exists:
            return
        if not event.replace:
            raise Refusal("42P07", f'relation "{event.view.name}" already exists', event.view.span)
        if existing.kind != "view":
            raise Refusal("42809", f'"{event.view.name}" is not a view', event.view.span)
        _enter(state, event, schema, existing)
        return
    if existing is not None:
        drop_relation(state, existing, span, cascade=True)
    _enter(state, event, schema, None)


def _enter(state: State, event: CreateView, schema: Oid, existing: Relation | None) -> None:
    resolved = resolve_query(state, event.reads) if event.reads else Resolved((), open=True)
    vet_calls(state, event.query)
    names = (*event.columns, *(given.name for given in resolved.columns[len(event.columns) :]))
    given = (*resolved.columns, *(Given(name) for name in names[len(resolved.columns) :]))
    columns = tuple(
        Column(number, name, each.type, base=each.base)
        for number, (name, each) in enumerate(zip(names, given, strict=True), 1)
    )
    if existing is not None and not existing.open and not resolved.open:
        _refuse_other_columns(existing, columns, event)
    relation = Relation(
        existing.oid if existing else state.new_oid(),
        schema,
        event.view.name,
        "materialized_view" if event.materialized else "view",
        columns,
        place=state.place(event.view.span),
        query=event.query,
        open=resolved.open,
        uses=frozenset(resolved.uses),
        options=event.options,
        triggers=existing.triggers if existing else (),
        next_number=len(columns) + 1,
        needs=needs_of(state, event.query),
    )
    state.add_relation(relation)


def _refuse_other_columns(existing: Relation, columns: tuple[Column, ...], event: CreateView) -> None:
    before = [column.name for column in existing.columns]
    after = [column.name for column in columns]
    if len(after) < len(before):
        raise Refusal("42P16", "cannot drop columns from view", event.view.span)
    for old, new in zip(before, after, strict=False):
        if old != new:
            message = f'cannot change name of view column "{old}" to "{new}"'
            raise Refusal("42P16", message, event.view.span)


def create_sequence(state: State, event: CreateSequence, span: Span) -> None:
    """CREATE SEQUENCE."""
    schema = state.creation_schema(event.name)
    if (schema, event.name.name) in state.catalog.relation_names:
        if event.if_not_exists:
            return
        state.refuse_taken(schema, event.name.name, event.name.span)
    place = state.place(event.name.span)
    state.add_relation(Relation(state.new_oid(), schema, event.name.name, "sequence", place=place))


EFFECTS = {CreateView: create_view, CreateSequence: create_sequence}
