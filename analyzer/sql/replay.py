"""Runs the migrations' events in order, as a new database would meet them: facts in, catalogue and faults out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace

from analyzer.model.catalog import BrokenBody, Failure, Missing, Replay, Unread, Want
from analyzer.model.events import ANYTHING, CreateIndex, Ref, Statement, Transaction
from analyzer.model.source import Problem, blamed, mishap
from analyzer.model.span import Place, Span
from analyzer.sql.base import base_state
from analyzer.sql.bodies import broken_bodies
from analyzer.sql.creations import attempts, creations, foreign_keys
from analyzer.sql.effect import apply
from analyzer.sql.script import Script
from analyzer.sql.state import DEFAULT_PATH, Refusal, State

_NOWHERE = Place("", Span(0, 0))


@dataclass(slots=True)
class _Run:
    state: State
    failures: list[Failure] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)
    lost: dict[Missing, int] = field(default_factory=dict)
    statements: int = 0
    mishaps: list[tuple[str, Problem]] = field(default_factory=list)
    # What was taken to be there once a statement lacked it; None where nothing is.
    supplied: dict[Missing, None] | None = None


def replay(
    scripts: Sequence[Script],
    *,
    exposed: bool | None = None,
    roles: Iterable[str] = (),
    imagined: Iterable[Missing] = (),
) -> Replay:
    """Apply every script to a fresh Supabase database. A refused statement leaves no trace, and the rest goes on.

    ``exposed`` is ``api.auto_expose_new_tables``: whether new tables and functions of ``public`` are granted to the
    API's roles by themselves, None when that is not known. ``roles`` are there besides Supabase's own. ``imagined`` are
    schemas, relations, functions and types that are taken to be there from the start, of which no more is known: so the replay
    shows what the migrations would build if somebody had made them.
    """
    run = _started(exposed, roles, imagined)
    duplicate: Failure | None = None
    versions: set[str] = set()
    for script in scripts:
        _run_script(run, script)
        run.state.versions.append(script.version)
        if script.version in versions and duplicate is None and not run.failures:
            duplicate = _duplicate_version(script)
        versions.update((script.version,) if script.version else ())
    first = duplicate or next(iter(run.failures), None)
    wants = tuple(_with_later(run.wants, scripts))
    unread, failures = tuple(each for each in run.state.unread if each.place.path), tuple(run.failures)
    broken = _broken_bodies(run)
    hidden, problems = tuple(run.state.hidden), tuple(run.mishaps)
    return Replay(
        run.state.catalog,
        failures,
        first,
        unread,
        wants,
        run.lost,
        run.statements,
        broken,
        problems,
        hidden,
        run.state.exposed,
    )


def lacking(
    scripts: Sequence[Script],
    *,
    exposed: bool | None = None,
    roles: Iterable[str] = (),
    imagined: Iterable[Missing] = (),
) -> tuple[Missing, ...]:
    """The schemas, relations, functions and types that statements lack: each is taken to be there from then on.

    So what a statement lacks is found that only comes to light once it has what the one before it lacks.
    """
    run = _started(exposed, roles, imagined)
    run.supplied = {}
    for script in scripts:
        _run_script(run, script)
        run.state.versions.append(script.version)
    return tuple(run.supplied)


def is_imaginable(missing: Missing) -> bool:
    """True for what may be taken to be there: a schema, relation, function or type, but not a column."""
    return missing.kind in ("schema", "relation", "function", "type")


def _started(exposed: bool | None, roles: Iterable[str], imagined: Iterable[Missing]) -> _Run:
    run = _Run(base_state(exposed=exposed))
    run.state.rights.roles.update(dict.fromkeys(roles, True))
    for missing in imagined:
        _imagine(run.state, missing)
    return run


def _imagine(state: State, missing: Missing) -> None:
    """Take it to be there: a relation with columns unknown, all else as if a statement had made it that cannot be read."""
    schema = missing.name if missing.kind == "schema" else missing.schema
    if schema is not None and schema not in state.catalog.schema_names:
        state.add_schema(schema)
    if missing.kind == "relation":
        with suppress(Refusal):
            state.imagine(Ref(missing.schema, missing.name, _NOWHERE.span))
    elif missing.kind != "schema":
        state.unread.append(Unread(_NOWHERE, "imagined", frozenset((missing.name, "create", missing.kind))))


def _broken_bodies(run: _Run) -> tuple[BrokenBody, ...]:
    try:
        return tuple(broken_bodies(run.state))
    except Exception as error:
        place = blamed(error) or run.state.place(Span(0, 0))
        run.mishaps.append((place.path, mishap(error, "the functions' bodies", place.span.start)))
        return ()


def _duplicate_version(script: Script) -> Failure:
    place = Place(script.path, Span(0, 0))
    message = 'duplicate key value violates unique constraint "schema_migrations_pkey"'
    return Failure(place, place, "migration version", "23505", message)


def _run_script(run: _Run, script: Script) -> None:
    state = run.state
    state.file = script.path
    state.search_path = DEFAULT_PATH
    state.check_bodies = True
    state.journal.forget()
    state.begin()
    marks = {"": state.journal.mark()}
    taken_back = any(
        isinstance(each.event, Transaction) and each.event.action.startswith("rollback")
        for each in script.facts.statements
    )
    for number, statement in enumerate(script.facts.statements):
        run.statements += 1
        if not taken_back:
            state.journal.forget()
        if isinstance(statement.event, Transaction):
            _transaction(state, statement.event, marks)
        else:
            _run_statement(run, statement, alone=number == 0)


def _transaction(state: State, event: Transaction, marks: dict[str, int]) -> None:
    """BEGIN and its like; ``marks`` are where the transaction, under no name, and its savepoints began."""
    if event.action == "rollback":
        state.journal.roll_back(marks[""])
    elif event.action == "rollback to" and event.name in marks:
        state.journal.roll_back(marks[event.name])
    elif event.action == "savepoint" and event.name:
        marks[event.name] = state.journal.mark()
    if event.action in ("begin", "commit", "rollback"):
        marks.clear()
        marks[""] = state.journal.mark()
        state.begin()


def _run_statement(run: _Run, statement: Statement, *, alone: bool) -> None:
    """``alone`` is True for the first of a file: no transaction is open yet."""
    state = run.state
    mark = state.journal.mark()
    try:
        if isinstance(statement.event, CreateIndex) and statement.event.concurrently and not alone:
            raise Refusal("25001", "CREATE INDEX CONCURRENTLY cannot run inside a transaction block")
        apply(state, statement.event, statement.span)
    except Refusal as refusal:
        state.journal.roll_back(mark)
        if _supply(run, refusal.missing):
            _run_statement(run, statement, alone=alone)
        else:
            _record(run, statement, refusal)
    except Exception as error:  # a fault of ours: the statement may have done anything, and the rest is replayed
        state.journal.roll_back(mark)
        state.doubt("it could not be replayed", statement.span, ANYTHING, dynamic=True)
        run.mishaps.append((state.file, mishap(error, "the replay", statement.span.start)))


def _supply(run: _Run, missing: Missing | None) -> bool:
    """Take what a statement lacks to be there, where that is asked for; False when it was not, or did not help."""
    if run.supplied is None or missing is None or not is_imaginable(missing) or missing in run.supplied:
        return False
    run.supplied[missing] = None
    _imagine(run.state, missing)
    return True


def _record(run: _Run, statement: Statement, refusal: Refusal) -> None:
    state, number = run.state, len(run.failures)
    at = state.place(refusal.at or statement.span)
    missing = _row_type(run, refusal.missing)
    cause = run.lost.get(missing) if missing else None
    run.failures.append(
        Failure(
            state.place(statement.span),
            at,
            statement.kind,
            refusal.sqlstate,
            refusal.message,
            missing,
            cause,
        )
    )
    for made, _ in attempts(statement.event):
        run.lost.setdefault(_qualified(state, made), number if cause is None else cause)
    wants = list(_dangling(run, statement, number))
    if missing is not None and cause is None and at not in [want.place for want in wants]:
        wants.insert(0, Want(at, missing, number))
    run.wants.extend(wants)


def _row_type(run: _Run, missing: Missing | None) -> Missing | None:
    """What is missing; of a table's row type, the table, where one of that name could not be made or is missing itself."""
    if missing is None or missing.kind != "type":
        return missing
    table = replace(missing, kind="relation")
    return table if table in run.lost or any(want.missing == table for want in run.wants) else missing


def _qualified(state: State, missing: Missing) -> Missing:
    if missing.schema is not None or missing.kind == "schema":
        return missing
    oids = state.path_oids()
    return replace(missing, schema=state.catalog.schemas[oids[0]].name if oids else "public")


def _dangling(run: _Run, statement: Statement, number: int) -> Iterator[Want]:
    state = run.state
    for table, key in foreign_keys(statement.event):
        target = key.target
        if target is None or state.find_relation(target) or state.explained(target.name, "create", "table"):
            continue
        missing = state.missing(target)
        home = _qualified(state, Missing("relation", table.schema, table.name))
        if missing not in run.lost and missing != home:
            source = f"{home.schema}.{home.name}.{','.join(key.columns)}"
            yield Want(state.place(target.span), missing, number, source)


def _with_later(wants: Sequence[Want], scripts: Sequence[Script]) -> Iterator[Want]:
    if not wants:
        return
    order = {script.path: number for number, script in enumerate(scripts)}
    made: dict[Missing, list[Place]] = {}
    for script in scripts:
        for statement in script.facts.statements:
            for missing, ref in creations(statement.event):
                schema = missing.schema or (None if missing.kind == "schema" else "public")
                place = Place(script.path, ref.span if ref else statement.span)
                made.setdefault(replace(missing, schema=schema), []).append(place)
    for want in wants:
        here = (order[want.place.path], want.place.span)
        table = replace(want.missing, kind="relation")
        if want.missing.kind == "type" and want.missing not in made and table in made:
            want = replace(want, missing=table)
        places = made.get(want.missing, [])
        yield replace(want, later=next((p for p in places if (order[p.path], p.span) > here), None))
