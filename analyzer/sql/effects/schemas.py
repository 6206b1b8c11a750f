"""CREATE SCHEMA and CREATE EXTENSION."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.events import (
    CreateExtension,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateView,
    Event,
    Statement,
)
from analyzer.model.span import Span
from analyzer.sql.base import enter_extension, is_known_extension, own_schema
from analyzer.sql.effect import apply
from analyzer.sql.state import Refusal, State


def create_schema(state: State, event: CreateSchema, span: Span) -> None:
    """CREATE SCHEMA; 42P06 when it is there."""
    if event.owner is not None:
        state.need_role(event.owner, event.span)
    if event.if_not_exists and event.elements:
        raise Refusal("0A000", "CREATE SCHEMA IF NOT EXISTS cannot include schema elements", event.span)
    if event.name.startswith("pg_"):
        raise Refusal("42939", f'unacceptable schema name "{event.name}"', event.span)
    existing = state.catalog.schema_names.get(event.name)
    if existing is None:
        state.add_schema(event.name, state.place(event.span))
    elif state.imagined_schema(existing):
        made = replace(state.catalog.schemas[existing], place=state.place(event.span))
        state.journal.put(state.catalog.schemas, existing, made)
    elif not event.if_not_exists:
        raise Refusal("42P06", f'schema "{event.name}" already exists', event.span)
    before = state.search_path
    state.search_path = (event.name, *before)
    try:
        for element in sorted(event.elements, key=_turn):
            _refuse_elsewhere(element.event, event.name)
            apply(state, element.event, element.span)
    finally:
        state.search_path = before


_TURNS = (CreateSequence, CreateTable, CreateView, CreateIndex, CreateTrigger)


def _turn(element: Statement) -> int:
    """PostgreSQL makes sequences first, then tables, views, indexes, triggers, and grants last."""
    return next((turn for turn, kind in enumerate(_TURNS) if isinstance(element.event, kind)), len(_TURNS))


def _refuse_elsewhere(event: Event, schema: str) -> None:
    made = event.table if isinstance(event, CreateTable) else event.view if isinstance(event, CreateView) else None
    if made is not None and made.schema not in (None, schema):
        message = f"CREATE specifies a schema ({made.schema}) different from the one being created ({schema})"
        raise Refusal("42P15", message, made.span)


def create_extension(state: State, event: CreateExtension, span: Span) -> None:
    """CREATE EXTENSION, with the types and functions that it brings, in its schema or the first of the search path."""
    if event.name in state.catalog.extensions:
        if not event.if_not_exists:
            raise Refusal("42710", f'extension "{event.name}" already exists', event.span)
        return
    # Supabase overrides the schema that is asked for where an extension has one of its own (pg_cron).
    # One that is not known may bring a schema of its own name (pgsodium), or have it made by the image.
    own = own_schema(event.name) or (None if is_known_extension(event.name) else event.name)
    if event.schema is not None and event.schema != own and own_schema(event.name) is None:
        state.need_schema(event.schema, event.span)
    if is_known_extension(event.name):
        schema = own_schema(event.name) or event.schema or _first_schema(state, event)
        state.journal.put(state.brought, event.name, enter_extension(state, event.name, schema))
    else:
        schema = event.schema or ""
        state.doubt_extension(event.name, event.span)
    state.journal.put(state.catalog.extensions, event.name, schema)


def _first_schema(state: State, event: CreateExtension) -> str:
    oids = state.path_oids()
    if not oids:
        raise Refusal("3F000", "no schema has been selected to create in", event.span)
    return state.catalog.schemas[oids[0]].name


EFFECTS = {CreateSchema: create_schema, CreateExtension: create_extension}
