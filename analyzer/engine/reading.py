"""From files to facts: each read on its own, so that it can be cached or sent to another process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from analyzer.code.declaration import read_declarations
from analyzer.code.generated import read_generated_types
from analyzer.code.read import read_code
from analyzer.domain.read import read_domain
from analyzer.engine.crossing import Crossing
from analyzer.model.declaration import Declarations
from analyzer.model.domain import DomainFacts
from analyzer.model.events import Gap, SqlFacts, Statement
from analyzer.model.facts import CodeFacts, GeneratedTypes
from analyzer.model.inventory import Migration, Tree
from analyzer.model.source import Problem, Source
from analyzer.model.span import Span
from analyzer.sql.declared import declared_scripts
from analyzer.sql.read import read_sql
from analyzer.sql.replay import Script
from analyzer.suppress import Ignore, read_ignores

F = TypeVar("F")

# A migration that cannot be read may have done anything: these are the words by which rules ask what may have been done.
_WORDS = frozenset(
    {"create", "alter", "drop", "table", "function", "type", "constraint", "references", "row", "level", "security"}
    | {"storage", "buckets", "publication", "policy", "trigger", "view", "grant", "revoke"}
)
_UNREADABLE = SqlFacts(
    (Statement("file", Span(0, 0), Gap("a file that cannot be read", Span(0, 0), _WORDS, dynamic=True)),)
)


@dataclass(slots=True)
class Reading:
    """The facts of a tree's files by path, and what could not be read."""

    tree: Tree
    code: dict[str, CodeFacts] = field(default_factory=dict)
    sql: dict[str, SqlFacts] = field(default_factory=dict)
    types: dict[str, GeneratedTypes] = field(default_factory=dict)
    declarations: dict[str, Declarations] = field(default_factory=dict)
    domain: dict[str, DomainFacts] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    _crossing: Crossing | None = None
    ignores: dict[str, tuple[Ignore, ...]] = field(default_factory=dict)

    def read_code(self, paths: Iterable[str]) -> None:
        """Read code files that were not read before, with what others of the tree tell about them."""
        new = [path for path in paths if path not in self.code]
        self._read(new, self.code, read_code, CodeFacts())
        if self._crossing is None:
            self._crossing = Crossing(self.tree.paths(), self.tree.read)
        self._crossing.settle(self.code, new)

    def read_sql(self, paths: Iterable[str]) -> None:
        """Read SQL files that were not read before."""
        self._read(paths, self.sql, read_sql, SqlFacts())

    def glance(self, path: str) -> SqlFacts:
        """What an SQL file does that is no migration; what of it cannot be read is nobody's problem."""
        return read_sql(Source(path, self.bytes_of(path)))

    def bytes_of(self, path: str) -> bytes:
        """The file's bytes, none when it cannot be read."""
        try:
            return self.tree.read(path)
        except OSError:
            return b""

    def scripts(self, migrations: Sequence[Migration]) -> tuple[Script, ...]:
        """What migrations do, in their order, each without the parts that are not applied; an ORM's files come last."""
        sql = [each for each in migrations if is_sql(each.path)]
        for migration in sql:
            self._read((migration.path,), self.sql, partial(_read_applied, migration), _UNREADABLE)
        written = tuple(Script(each.path, each.version, self.sql[each.path]) for each in sql)
        return (*written, *self.declared(each.path for each in migrations if not is_sql(each.path)))

    def declared(self, paths: Iterable[str]) -> tuple[Script, ...]:
        """What would make the schema that an ORM's files declare."""
        files = tuple(paths)
        self._read(files, self.declarations, read_declarations, Declarations())
        return declared_scripts({path: self.declarations[path] for path in files})

    def read_types(self, paths: Iterable[str]) -> None:
        """Read files of generated types that were not read before."""
        self._read(paths, self.types, read_generated_types, GeneratedTypes())

    def read_documents(self, paths: Iterable[str]) -> None:
        """Read documents that were not read before, for the entities that they name."""
        self._read(paths, self.domain, read_domain, DomainFacts())

    def _read(self, paths: Iterable[str], facts: dict[str, F], read: Callable[[Source], F], nothing: F) -> None:
        for path in paths:
            if path not in facts:
                facts[path] = self._facts(path, read, nothing)

    def _facts(self, path: str, read: Callable[[Source], F], nothing: F) -> F:
        try:
            source = Source(path, self.tree.read(path))
            facts = read(source)
        except OSError as error:
            self.problems.append((path, Problem(f"cannot be read: {error.strerror or error}", unreadable=True)))
            return nothing
        self.ignores[path] = read_ignores(source)
        if isinstance(facts, CodeFacts | SqlFacts | Declarations | DomainFacts):
            self.problems.extend((path, problem) for problem in facts.problems)
        return facts


def is_sql(path: str) -> bool:
    """True for SQL, False for the files of an ORM."""
    return path.lower().endswith(".sql")


def _read_applied(migration: Migration, source: Source) -> SqlFacts:
    return read_sql(Source(source.path, migration.applied(source.data)))
