"""Rows of ``storage.buckets``, and publications."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Bucket, Publication
from analyzer.model.events import ChangeBucket, Publish, PutBucket, Ref, Row
from analyzer.model.span import Span
from analyzer.sql.state import Refusal, State


def put_bucket(state: State, event: PutBucket, span: Span) -> None:
    """INSERT INTO storage.buckets; 23505 when the id is taken and nothing says what then."""
    for row in event.rows:
        values = dict(row.values)
        identity = values.get("id")
        if not isinstance(identity, str):
            state.doubt("bucket with an id that is not a literal", event.span)
        elif identity not in state.catalog.buckets or event.on_conflict == "update":
            _put(state, identity, values, row)
        elif event.on_conflict == "error":
            message = 'duplicate key value violates unique constraint "buckets_pkey"'
            raise Refusal("23505", message, row.span)


def _put(state: State, identity: str, values: dict[str, str | bool | None], row: Row) -> None:
    public = values.get("public") in (True, "true", "t", "1")
    state.journal.put(state.catalog.buckets, identity, Bucket(identity, public, state.place(row.span)))


def change_bucket(state: State, event: ChangeBucket, span: Span) -> None:
    """UPDATE or DELETE of buckets by id."""
    for identity in event.ids:
        bucket = state.catalog.buckets.get(identity)
        if bucket is None:
            continue
        if event.delete:
            state.journal.remove(state.catalog.buckets, identity)
        elif event.public is not None:
            state.journal.put(state.catalog.buckets, identity, replace(bucket, public=event.public))


def publish(state: State, event: Publish, span: Span) -> None:
    """CREATE and ALTER PUBLICATION."""
    current = state.catalog.publications.get(event.publication)
    if event.action == "create":
        if current is not None:
            raise Refusal("42710", f'publication "{event.publication}" already exists', event.span)
        current = Publication(event.publication)
    elif current is None:
        if state.explained(event.publication, "create", "publication"):
            return
        raise Refusal("42704", f'publication "{event.publication}" does not exist', event.span)
    for schema in event.schemas:
        state.need_schema(schema, event.span)
    oids = tuple(_published(state, event, ref) for ref in event.tables)
    if event.action == "drop":
        _refuse_others(state, event, current, oids)
        tables = tuple(oid for oid in current.tables if oid not in oids)
    elif event.action == "set":
        tables = oids
    else:
        _refuse_members(state, event, current, oids)
        tables = (*current.tables, *oids)
    schemas = (*current.schemas, *event.schemas)
    changed = replace(current, tables=tables, all_tables=event.all_tables or current.all_tables, schemas=schemas)
    state.journal.put(state.catalog.publications, event.publication, changed)


def _published(state: State, event: Publish, ref: Ref) -> int:
    """A table that is to be published; 22023 for a relation that can't be."""
    relation = state.need_relation(ref)
    if event.action != "drop" and relation.kind not in ("table", "partitioned_table") and not relation.open:
        raise Refusal("22023", f'cannot add relation "{relation.name}" to publication', ref.span)
    return relation.oid


def _refuse_others(state: State, event: Publish, current: Publication, oids: tuple[int, ...]) -> None:
    """42704 for a table that is to leave, and is no member; what Supabase's own hold is not known."""
    for ref, oid in zip(event.tables, oids, strict=True):
        doubted = state.explained(ref.name, "add", "publication") or state.explained(event.publication, "publication")
        open_ = state.catalog.relations[oid].managed or doubted
        if oid not in current.tables and not open_ and not current.all_tables and not current.schemas:
            message = f'relation "{ref.name}" is not part of the publication'
            raise Refusal("42704", message, ref.span)


def _refuse_members(state: State, event: Publish, current: Publication, oids: tuple[int, ...]) -> None:
    for ref, oid in zip(event.tables, oids, strict=True):
        if oid in current.tables:
            name = state.catalog.relations[oid].name
            message = f'relation "{name}" is already member of publication "{event.publication}"'
            raise Refusal("42710", message, ref.span)


EFFECTS = {PutBucket: put_bucket, ChangeBucket: change_bucket, Publish: publish}
