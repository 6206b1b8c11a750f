"""A PostgreSQL for the whole session, and the static replay held against it. Where it can't start, the tests fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from analyzer.engine.documents import schema_document
from analyzer.engine.positions import Positions
from analyzer.link import Project, Schema, link
from analyzer.model.inventory import Migration
from analyzer.model.source import Problem, Source
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script
from analyzer.verify.apply import File
from analyzer.verify.base import fresh_database, lay_base
from analyzer.verify.compare import Difference, compare
from analyzer.verify.server import Server, running
from analyzer.verify.verify import apply_and_read, open_relations

Part = Callable[..., "Parted"]


class Parted(list[Difference]):
    """The differences, and the failures of the database, as SQLSTATEs in order."""

    failures: list[str]
    unread: int
    there: dict[str, Any]


class MemoryTree:
    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def paths(self) -> tuple[str, ...]:
        return tuple(self._files)

    def read(self, path: str) -> bytes:
        return self._files[path]

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        return ()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as started:
        lay_base(started)
        yield started


@pytest.fixture(scope="session")
def part(server: Server) -> Part:
    """``part(sql, sql, …)``: each text a migration; where static replay and database part."""

    def held_against(*texts: str) -> Parted:
        files = {f"{number}.sql": text.encode() for number, text in enumerate(texts, 1)}
        facts = {path: read_sql(Source(path, data)) for path, data in files.items()}
        scripts = [Script(path, path.removesuffix(".sql"), each) for path, each in facts.items()]
        project = link("", Schema(replay(scripts), tuple(Migration(s.path, s.version) for s in scripts)), {})
        here = static_document(project, files)
        with fresh_database(server) as connection:
            applied, there = apply_and_read(connection, [File(p, files[p], facts[p], p[:-4]) for p in files])
        assert not applied.not_run
        parted = Parted(compare(here, there, open_relations(project)))
        parted.failures = [each.sqlstate for each in applied.failures]
        parted.unread = len(project.replay.unread)
        parted.there = there
        return parted

    return held_against


def static_document(project: Project, files: dict[str, bytes]) -> dict[str, Any]:
    document = schema_document(project, Positions(MemoryTree(files).read), managed=False)
    return {**document, "failures": document["replay"]["failures"]}
