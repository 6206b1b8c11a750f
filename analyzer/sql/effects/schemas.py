"""CREATE SCHEMA and CREATE EXTENSION."""

from __future__ import annotations

from analyzer.model.events import CreateExtension, CreateSchema
from analyzer.model.span import Span
from analyzer.sql.base import enter_extension, is_known_extension, own_schema
from analyzer.sql.state import Refusal, State


def create_schema(state: State, event: CreateSchema, span: Span) -> None:
    """CREATE SCHEMA; 42P06 when it is there."""
    if event.owner is not None:
        state.need_role(event.owner, event.span)
    if event.name not in state.catalog.schema_names:
        state.add_schema(event.name, state.place(event.span))
    elif not event.if_not_exists:
        raise Refusal("42P06", f'schema "{event.name}" already exists', event.span)


def create_extension(state: State, event: CreateExtension, span: Span) -> None:
    """CREATE EXTENSION, with the types and functions that it brings, in its schema or the first of the search path."""
    if event.name in state.catalog.extensions:
        if not event.if_not_exists:
            raise Refusal("42710", f'extension "{event.name}" already exists', event.span)
        return
    # Supabase overrides the schema that is asked for where an extension has one of its own (pg_cron).
    if event.schema is not None and own_schema(event.name) is None:
        state.need_schema(event.schema, event.span)
    if is_known_extension(event.name):
        schema = own_schema(event.name) or event.schema or _first_schema(state, event)
        state.journal.put(state.brought, event.name, enter_extension(state, event.name, schema))
    else:
        schema = event.schema or ""
        state.doubt(f"extension {event.name}", event.span)
    state.journal.put(state.catalog.extensions, event.name, schema)


def _first_schema(state: State, event: CreateExtension) -> str:
    oids = state.path_oids()
    if not oids:
        raise Refusal("3F000", "no schema has been selected to create in", event.span)
    return state.catalog.schemas[oids[0]].name


EFFECTS = {CreateSchema: create_schema, CreateExtension: create_extension}
