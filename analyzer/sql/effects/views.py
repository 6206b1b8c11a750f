"""CREATE VIEW and MATERIALIZED VIEW, CREATE SEQUENCE."""

from __future__ import annotations

from analyzer.model.catalog import TABLE_LIKE, Column, Oid, Relation
from analyzer.model.events import CreateSequence, CreateView, DropTarget, OwnSequence, Ref
from analyzer.model.span import Span
from analyzer.sql.needs import needs_of
from analyzer.sql.presence import need_object
from analyzer.sql.removal import drop_relation, is_identity
from analyzer.sql.resolve import Given, Resolved
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_query


def create_view(state: State, event: CreateView, span: Span) -> None:
    """CREATE [OR REPLACE] VIEW with its column names; one whose columns can't be told is left open."""
    resolved, columns = _columns(state, event)
    schema = state.creation_schema(event.view, temporary=event.temporary)
    existing = state.catalog.relations.get(state.catalog.relation_names.get((schema, event.view.name), 0))
    imagined = existing is not None and state.imagined(existing.oid)
    if event.if_not_exists and (schema, event.view.name) in state.catalog.relation_names and not imagined:
        return
    if event.materialized:
        state.refuse_taken(schema, event.view.name, event.view.span)
    if len(columns) > len(resolved.columns) and not resolved.open:
        raise Refusal("42601", "CREATE VIEW specifies more column names than columns", event.view.span)
    if existing is None or not event.replace:
        _refuse_repeated(columns, event)
        state.refuse_taken(schema, event.view.name, event.view.span)
        state.refuse_type_taken(schema, event.view.name, event.view.span)
    if existing is not None and imagined:
        drop_relation(state, existing, span, cascade=True)
        existing = None
    if existing is not None and existing.kind != "view":
        raise Refusal("42809", f'"{event.view.name}" is not a view', event.view.span)
    _enter(state, event, schema, existing, resolved, columns)


def _columns(state: State, event: CreateView) -> tuple[Resolved, tuple[Column, ...]]:
    """What the query gives, under the names of the list before AS."""
    resolved = vet_query(state, event.reads, event.query) or Resolved((), open=True)
    names = (*event.columns, *(given.name for given in resolved.columns[len(event.columns) :]))
    given = (*resolved.columns, *(Given(name) for name in names[len(resolved.columns) :]))
    columns = tuple(
        Column(number, name, each.type, base=each.base)
        for number, (name, each) in enumerate(zip(names, given, strict=True), 1)
    )
    return resolved, columns


def _refuse_repeated(columns: tuple[Column, ...], event: CreateView) -> None:
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            raise Refusal("42701", f'column "{name}" specified more than once', event.view.span)


def _enter(
    state: State,
    event: CreateView,
    schema: Oid,
    existing: Relation | None,
    resolved: Resolved,
    columns: tuple[Column, ...],
) -> None:
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
        source=_source(state, event),
        rules=existing.rules if existing else (),
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


def _source(state: State, event: CreateView) -> Oid | None:
    """The one relation that PostgreSQL passes writes through to; None for a view that shapes its rows."""
    if event.materialized or event.reads is None or not event.reads.simple:
        return None
    name = event.reads.sources[0].relation
    found = state.find_relation(Ref(name.schema, name.name, name.span)) if name else None
    return found.oid if isinstance(found, Relation) and found.kind in (*TABLE_LIKE, "view") else None


def create_sequence(state: State, event: CreateSequence, span: Span) -> None:
    """CREATE SEQUENCE."""
    schema = state.creation_schema(event.name)
    if (schema, event.name.name) in state.catalog.relation_names:
        if event.if_not_exists:
            return
        state.refuse_taken(schema, event.name.name, event.name.span)
    state.refuse_type_taken(schema, event.name.name, event.name.span)
    place = state.place(event.name.span)
    made = state.add_relation(Relation(state.new_oid(), schema, event.name.name, "sequence", place=place))
    if event.owned_by is not None:
        _give(state, made, event.owned_by)


def own_sequence(state: State, event: OwnSequence, span: Span) -> None:
    """ALTER SEQUENCE … OWNED BY: the sequence goes when the column goes."""
    found = state.find_relation(event.name)
    if found is None and event.if_exists:
        return
    need_object(state, "sequence", DropTarget(event.name))
    sequence = state.need_relation(event.name)
    if is_identity(state, sequence):
        raise Refusal("0A000", "cannot change ownership of identity sequence", event.name.span)
    if event.owned_by is None:
        state.change(sequence, owner=None)
    else:
        _give(state, sequence, event.owned_by)


def _give(state: State, sequence: Relation, to: tuple[Ref, str]) -> None:
    table = state.need_relation(to[0])
    if table.kind in ("sequence", "materialized_view"):
        raise Refusal("42809", f'sequence cannot be owned by relation "{table.name}"', to[0].span)
    if table.schema != sequence.schema and not state.imagined(sequence.oid):
        raise Refusal("55000", "sequence must be in same schema as table it is linked to", to[0].span)
    column = state.need_column(table, to[1], to[0].span)
    state.change(sequence, owner=(table.oid, column.number))


EFFECTS = {CreateView: create_view, CreateSequence: create_sequence, OwnSequence: own_sequence}
