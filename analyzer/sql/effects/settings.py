"""Statements that change no object: the search path, and those that only need objects to be there."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.model.events import CheckBodies, ExposeSchemas, Gap, Need, SetSearchPath, SyntaxFault
from analyzer.model.span import Span
from analyzer.sql.conflict import refuse_conflict
from analyzer.sql.contents import doubt_words, keep_contents
from analyzer.sql.presence import need_object
from analyzer.sql.resolve import Rows, resolve_query
from analyzer.sql.running import run_function
from analyzer.sql.state import DEFAULT_PATH, Refusal, State
from analyzer.sql.vetting import vet_call


def set_search_path(state: State, event: SetSearchPath, span: Span) -> None:
    """SET search_path; names of schemas that do not exist are let through, as PostgreSQL does."""
    before = state.search_path
    state.search_path = DEFAULT_PATH if event.path is None else tuple(name for name in event.path if name != "$user")
    state.journal.on_undo(lambda: setattr(state, "search_path", before))


def check_bodies(state: State, event: CheckBodies, span: Span) -> None:
    """SET check_function_bodies: dumps switch it off, so that functions may come before their tables."""
    before = state.check_bodies
    state.check_bodies = event.on
    state.journal.on_undo(lambda: setattr(state, "check_bodies", before))


def expose_schemas(state: State, event: ExposeSchemas, span: Span) -> None:
    """ALTER ROLE authenticator SET pgrst.db_schemas."""
    before = state.exposed
    state.exposed = event.schemas
    state.journal.on_undo(lambda: setattr(state, "exposed", before))


def need(state: State, event: Need, span: Span) -> None:
    """A statement that is refused when something is not there."""
    for role in event.roles:
        state.need_role(role, span)
    for schema in event.schemas:
        state.need_schema(schema, span)
    for relation in event.relations:
        state.need_relation(relation, in_query=event.kind in DATA)
    if event.kind == "update":  # its columns are looked at last
        need_reads(state, event)
    for kind, target in event.objects:
        need_object(state, kind, target)
    for type_ in event.types:
        state.resolve_type(type_)
    if event.kind != "update":
        need_reads(state, event)
    for each in event.then:
        need(state, each, span)
    for call in event.calls:
        vet_call(state, call)
    if event.conflict is not None:
        refuse_conflict(state, event.relations[0], event.conflict)
    keep_contents(state, event)
    if event.kind in _CONVERTING and not state.own_casts:
        state.own_casts = True
        state.journal.on_undo(lambda: setattr(state, "own_casts", False))
    for run in event.runs:
        run_function(state, run, span)


# With them a value may become one of another type, or be compared with it.
_CONVERTING = frozenset(("create cast", "create operator"))
DATA = frozenset(("insert", "update", "delete", "select", "merge"))


def need_reads(state: State, event: Need, within: Sequence[Rows] = ()) -> None:
    """The queries of the statement, held against the catalogue; ``within`` are rows that they see from outside."""
    for query in event.reads:
        resolve_query(state, query, within)


def syntax_fault(state: State, event: SyntaxFault, span: Span) -> None:
    """PostgreSQL's parser stops here."""
    raise Refusal(event.sqlstate, event.message, event.span)


def gap(state: State, event: Gap, span: Span) -> None:
    """A statement that was not understood: from here on it may explain what is missing."""
    if event.grants:
        state.doubt_rights(event.words, dynamic=True)
    else:
        doubt_words(state, event.words)
        state.doubt(event.reason, event.span, event.words, dynamic=event.dynamic)


EFFECTS = {
    CheckBodies: check_bodies,
    ExposeSchemas: expose_schemas,
    SetSearchPath: set_search_path,
    Need: need,
    SyntaxFault: syntax_fault,
    Gap: gap,
}
