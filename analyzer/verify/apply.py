"""Applies migrations to a database as the replay does: a statement that fails is skipped, and the rest goes on."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analyzer.model.events import CreateExtension, SqlFacts, Statement, Transaction
from analyzer.model.record import Record
from analyzer.model.span import LineIndex, Span
from analyzer.verify.stubs import extension_beyond

if TYPE_CHECKING:
    import psycopg

LONGEST = 60.0  # seconds that one statement may take
_PLACED = frozenset(("pg_cron",))  # Supabase has a schema for it, whichever the migration asks for
_CANCELED = "57014"
_IN_BLOCK = "25001"
_FUNCTION = re.compile(r'function (?:\w+\.)?"?(\w+)')


class File(Record, frozen=True):
    """A migration: where it is, its bytes, the statements in it, and its version (empty for what is no migration)."""

    path: str
    data: bytes
    facts: SqlFacts
    version: str = ""


class Refused(Record, frozen=True):
    """A statement that the database refused, by the line of its first token."""

    path: str
    line: int
    sqlstate: str
    message: str


@dataclass(slots=True)
class Applied:
    """How it went. ``not_run`` are the statements that a throwaway server can't run, with the reason as message."""

    failures: list[Refused] = field(default_factory=list)
    not_run: list[Refused] = field(default_factory=list)


def apply(connection: psycopg.Connection[Any], files: Iterable[File]) -> Applied:
    """Run every statement of every file, each file from a session as new. The connection is in autocommit mode."""
    applied = Applied()
    for file in files:
        _File(connection, file, applied).run()
    return applied


class _File:
    def __init__(self, connection: psycopg.Connection[Any], file: File, applied: Applied) -> None:
        self._connection = connection
        self._file = file
        self._applied = applied
        self._lines = LineIndex(file.data)

    def run(self) -> None:
        self._send(b"reset session authorization; reset all; begin")
        statements = self._file.facts.statements
        for number, statement in enumerate(statements):
            if isinstance(statement.event, Transaction):
                self._transaction(statement, statement.event)
            else:
                self._statement(statement, first=number == 0)
        self._remember()
        self._end(statements[-1] if statements else None, b"commit")

    def _remember(self) -> None:
        """What the CLI writes down in the same transaction; later migrations can ask for it."""
        if self._file.version:
            table = "supabase_migrations.schema_migrations"
            self._send(f"insert into {table} (version) values ('{self._file.version}') on conflict do nothing".encode())

    def _transaction(self, statement: Statement, event: Transaction) -> None:
        if event.action in ("begin", "commit", "rollback"):
            self._end(statement, b"rollback" if event.action == "rollback" else b"commit")
            self._send(b"begin")
        elif event.action == "savepoint":
            self._send(self._text(statement))
        else:
            self._guarded(statement, release=False)

    def _end(self, statement: Statement | None, how: bytes) -> None:
        """End the transaction; what was put off until then may fail, and nothing of it stays."""
        if (error := self._attempt(how)) and statement is not None:
            self._record(statement, error)

    def _statement(self, statement: Statement, *, first: bool) -> None:
        error = self._guarded(statement)
        if error is not None and error.sqlstate == _IN_BLOCK and first:
            # Alone in front, it runs: that is how people get an index built CONCURRENTLY.
            self._send(b"commit")
            error = self._attempt(self._text(statement))
            self._send(b"begin")
        if error is not None:
            self._record(statement, error)

    def _guarded(self, statement: Statement, *, release: bool = True) -> psycopg.Error | None:
        self._send(b"savepoint fromcheck")
        error = self._attempt(self._text(statement))
        if error is not None:
            self._send(b"rollback to savepoint fromcheck")
        if error is not None or release:
            self._send(b"release savepoint fromcheck")
        return error

    def _attempt(self, text: bytes) -> psycopg.Error | None:
        import psycopg

        try:
            with _limited(self._connection):
                self._send(text)
        except psycopg.Error as error:
            if self._connection.closed:
                raise
            return error
        return None

    def _send(self, text: bytes) -> None:
        self._connection.execute(text)

    def _text(self, statement: Statement) -> bytes:
        if isinstance(statement.event, CreateExtension) and statement.event.name in _PLACED:
            only_if = b" if not exists" * statement.event.if_not_exists
            return b"create extension" + only_if + f' "{statement.event.name}"'.encode()
        return _piece(self._file.data, statement.span)

    def _record(self, statement: Statement, error: psycopg.Error) -> None:
        line = self._lines.position(statement.span.start).line
        reason = _out_of_reach(error) or self._beyond_stand_in(error)
        if reason is None:
            message = error.diag.message_primary or str(error)
            self._applied.failures.append(Refused(self._file.path, line, error.sqlstate or "", message))
        else:
            self._applied.not_run.append(Refused(self._file.path, line, error.sqlstate or "", reason))

    def _beyond_stand_in(self, error: psycopg.Error) -> str | None:
        """Why the function that is missing says nothing: the server has the extension in part only."""
        named = _FUNCTION.match(error.diag.message_primary or "") if error.sqlstate == "42883" else None
        extension = extension_beyond(named[1]) if named else None
        if extension is None:
            return None
        there = self._connection.execute("select from pg_catalog.pg_extension where extname = %s", (extension,))
        return f"{error.diag.message_primary} in the stand-in for {extension}" if there.rowcount else None


def _piece(data: bytes, span: Span) -> bytes:
    return data[span.start : span.end].split(b"\0")[0]


def _out_of_reach(error: psycopg.Error) -> str | None:
    """Why the refusal says nothing about the migration, None when it does."""
    said = f"{error.diag.message_primary or ''} {error.diag.message_hint or ''}"
    if error.sqlstate is None:
        return str(error).splitlines()[0]
    if error.sqlstate == _CANCELED:
        return f"took longer than {LONGEST:.0f} seconds"
    if "superuser" in said.lower():
        return f"needs a superuser: {error.diag.message_primary}"
    if error.sqlstate == "0A000" and "extension" in said and "not available" in said:
        return f"{error.diag.message_primary} on the throwaway server"
    return None


@contextmanager
def _limited(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Cancel what takes too long. The server's own limit would not do: a migration may set it to none."""
    timer = threading.Timer(LONGEST, connection.cancel_safe)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
