"""``verify`` and ``drift``: the static replay of a session against a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analyzer.engine import Session
from analyzer.engine.reading import Reading, is_sql
from analyzer.link import Project
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.record import Record
from analyzer.verify.apply import Applied, File, Refused, apply
from analyzer.verify.base import fresh_database, lay_base, newest_oid
from analyzer.verify.catalogue import read_catalogue
from analyzer.verify.compare import Difference, compare
from analyzer.verify.server import require_extra, running
from analyzer.verify.stubs import base_facts

if TYPE_CHECKING:
    import psycopg

_MORE_MANAGED = ("cron", "net", "pgbouncer", "pgmq", "pgsodium", "pgsodium_masks", "pgtle", "supabase_migrations")
_LIMITS = "set local statement_timeout = '60s'; set local lock_timeout = '2s'"


class Outcome(Record, frozen=True):
    """What the static replay and the database say differently.

    ``not_run`` are the statements that the throwaway server could not run for reasons of its own: what hangs on them
    may differ for that alone. ``unread`` counts those that the static replay did not understand.
    """

    database: str
    differences: tuple[Difference, ...]
    not_run: tuple[Refused, ...] = ()
    unread: int = 0
    statements: int = 0


def verify(session: Session) -> Outcome:
    """Apply the migrations to a throwaway database, and compare. Raises NothingToScan and ConfigError."""
    here, project = _static(session)
    files = list(_files(session, project))
    with running() as server:
        lay_base(server)
        with fresh_database(server) as connection:
            applied, there = apply_and_read(connection, files)
            version = connection.info.parameter_status("server_version")
    return _outcome(f"PostgreSQL {version}, throwaway", project, here, there, applied)


def drift(session: Session, url: str) -> Outcome:
    """Compare with a live database, which is only read. Raises NothingToScan and ConfigError."""
    require_extra()
    import psycopg

    here, project = _static(session)
    here = {**here, "failures": []}
    with _live(url) as connection:
        try:
            connection.execute("begin transaction isolation level repeatable read read only")
            connection.execute(_LIMITS)
            schemas = (*(name for name in base_facts()["schemas"] if name != "public"), *_MORE_MANAGED)
            there = read_catalogue(connection, None, schemas)
            connection.execute("rollback")
        except psycopg.Error as error:
            raise ConfigError(f"--database-url: the database could not be read: {_first_line(error)}") from error
        where = f"{connection.info.dbname} on {connection.info.host}"
    return _outcome(where, project, here, there, Applied())


def _live(url: str) -> psycopg.Connection[Any]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(url)
    except psycopg.Error:
        # PostgreSQL's own message repeats what was given, and that holds the password.
        raise ConfigError("--database-url is no address of a database: postgresql://user@host:5432/name") from None
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise ConfigError(f"--database-url: {_first_line(error)}") from None


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().splitlines()[0]


def apply_and_read(connection: psycopg.Connection[Any], files: list[File]) -> tuple[Applied, dict[str, Any]]:
    """Apply the files to a fresh database; then how that went, and the catalogue with its ``failures``."""
    newest = newest_oid(connection)
    applied = apply(connection, files)
    connection.execute("reset session authorization; reset all; begin read only")
    there = read_catalogue(connection, newest, ())
    connection.execute("rollback")
    failures = [
        {"path": each.path, "line": each.line, "sqlstate": each.sqlstate, "message": each.message}
        for each in applied.failures
    ]
    return applied, {**there, "failures": failures}


def _static(session: Session) -> tuple[dict[str, Any], Project]:
    document = session.schema()
    project = next(each for each in session.projects if each.schema.migrations)
    return {**document, "failures": document["replay"]["failures"]}, project


def _files(session: Session, project: Project) -> Iterator[File]:
    migrations = project.schema.migrations
    if not all(is_sql(each.path) for each in migrations):
        raise NothingToScan("the schema is what an ORM's files declare: there is no SQL that could be applied")
    for migration, script in zip(migrations, Reading(session.tree).scripts(migrations), strict=True):
        data = migration.applied(session.tree.read(migration.path))
        yield File(migration.path, data, script.facts, migration.version)


def open_relations(project: Project) -> frozenset[str]:
    """The relations of which the static replay may not know every column."""
    catalog = project.catalog
    return frozenset(catalog.qualified(each) for each in catalog.relations.values() if each.open)


def _outcome(database: str, project: Project, here: dict[str, Any], there: dict[str, Any], applied: Applied) -> Outcome:
    differences = tuple(compare(here, there, open_relations(project)))
    replay = project.replay
    return Outcome(database, differences, tuple(applied.not_run), len(replay.unread), replay.statements)
