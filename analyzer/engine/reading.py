"""From files to facts: each read on its own, so that it can be cached or sent to another process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import InitVar, dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from analyzer.cache.memo import Memo, question
from analyzer.engine import readers
from analyzer.engine.crossing import Crossing
from analyzer.engine.library import Library
from analyzer.engine.trace import Asked
from analyzer.model.catalog import Missing, Replay
from analyzer.model.declaration import Declarations
from analyzer.model.domain import DomainFacts
from analyzer.model.events import ANYTHING, Gap, SqlFacts, Statement
from analyzer.model.facts import CodeFacts, GeneratedTypes
from analyzer.model.ignore import Ignore
from analyzer.model.inventory import Migration, SupabaseRoot, Tree
from analyzer.model.record import Record
from analyzer.model.source import Problem, mishap
from analyzer.model.span import Place, Span

if TYPE_CHECKING:
    from analyzer.sql.script import Script

F = TypeVar("F")
_BRACKET = re.compile(rb"[][(){}]")

# A migration that cannot be read may have done anything.
_UNREADABLE = SqlFacts(
    (Statement("file", Span(0, 0), Gap("a file that cannot be read", Span(0, 0), ANYTHING, dynamic=True)),)
)


class Built(Record, frozen=True):
    """What migrations build: the replay, and how it would go with the relations that they need and that are not there.

    ``problems`` and ``ignores`` are those of their files, ``order`` is that in which they were applied.
    """

    replay: Replay
    intended: Replay | None
    problems: tuple[tuple[str, Problem], ...] = ()
    ignores: tuple[tuple[str, tuple[Ignore, ...]], ...] = ()
    order: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """The facts of a tree's files by path, and what could not be read. What ``memo`` knows is not read again."""

    tree: Tree
    code: dict[str, CodeFacts] = field(default_factory=dict)
    sql: dict[str, SqlFacts] = field(default_factory=dict)
    types: dict[str, GeneratedTypes] = field(default_factory=dict)
    declarations: dict[str, Declarations] = field(default_factory=dict)
    domain: dict[str, DomainFacts] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    _crossing: Crossing | None = None
    ignores: dict[str, tuple[Ignore, ...]] = field(default_factory=dict)
    memo: InitVar[Memo | None] = None
    _library: Library = field(init=False)

    def __post_init__(self, memo: Memo | None) -> None:
        self._library = Library(self.tree, memo)

    @property
    def done(self) -> int:
        """How many files were read."""
        return len(self.code) + len(self.sql) + len(self.types) + len(self.declarations) + len(self.domain)

    def asked(self) -> dict[str, tuple[Asked, ...]]:
        """What was asked of each file that was asked nothing but what code is."""
        return self._library.asked()

    def ahead(self, roots: Iterable[SupabaseRoot], jobs: int | None) -> AbstractContextManager[None]:
        """Within this, the files that projects are made of are read in up to ``jobs`` other processes.

        The migrations come first: they are replayed while the code is read.
        """
        roots = tuple(roots)
        sql = ((SqlFacts, m.path, readers.sql, m) for root in roots for m in root.migrations if is_sql(m.path))
        code = ((CodeFacts, path, readers.code) for root in roots for path in root.code)
        declared = ((SqlFacts, path, readers.sql) for root in roots for path in root.declared)
        return self._library.reading_ahead(chain(sql, code, declared), jobs)

    def read_code(self, paths: Iterable[str]) -> None:
        """Read code files that were not read before, with what others of the tree tell about them."""
        new = [path for path in paths if path not in self.code]
        self._read(new, self.code, CodeFacts, readers.code)
        if self._crossing is None:
            self._crossing = Crossing(self._library, self.problems)
        self._crossing.settle(self.code, new)

    def read_sql(self, paths: Iterable[str]) -> None:
        """Read SQL files that were not read before."""
        self._read(paths, self.sql, SqlFacts, readers.sql)

    def creations(self, path: str) -> tuple[tuple[Missing, Place], ...]:
        """What an SQL file creates that is no migration; what of it cannot be read is nobody's problem."""
        return self._library.creations(path)

    def stated(self, path: str) -> tuple[str, ...]:
        """The tables that SQL in a code file speaks of, in small letters."""
        return self._library.stated(path)

    def bytes_of(self, path: str) -> bytes:
        """The file's bytes, none when it cannot be read."""
        try:
            return self._library.tree.read(path)
        except OSError:
            return b""

    def built(self, root: SupabaseRoot, *, exposed: bool | None, roles: tuple[str, ...]) -> Built:
        """The schema that a project's migrations build; ``exposed`` and ``roles`` are what the replay is told."""
        said = (
            root.foreign,
            root.unordered,
            exposed,
            roles,
            *((each, self._digest(each.path)) for each in root.migrations),
        )
        name = question("built", *map(repr, said))
        built: Built | None = self._library.memo.look(Built, name)
        if built is None:
            built = self._build(root, exposed, roles)
            if not any(problem.internal for _, problem in (*built.problems, *built.replay.problems)):
                self._library.memo.learn(Built, name, built)
        else:
            self.problems.extend(built.problems)
            self.ignores.update(built.ignores)
        return built

    def _build(self, root: SupabaseRoot, exposed: bool | None, roles: tuple[str, ...]) -> Built:
        from analyzer.sql.ordering import in_order_of_need
        from analyzer.sql.replay import lacking, replay
        from analyzer.sql.unsaid import with_unsaid

        before = len(self.problems)
        scripts = self.scripts(root.migrations)
        if root.unordered:
            scripts = in_order_of_need(scripts, partial(replay, exposed=exposed, roles=roles))
        applied = with_unsaid(scripts) if root.foreign else scripts
        run = partial(replay, applied, exposed=exposed, roles=roles)
        replayed = run()
        intended = _intended(run, partial(lacking, applied, exposed=exposed, roles=roles), replayed)
        paths = dict.fromkeys(each.path for each in root.migrations)
        ignores = tuple((path, self.ignores[path]) for path in paths if path in self.ignores)
        return Built(replayed, intended, tuple(self.problems[before:]), ignores, tuple(each.path for each in scripts))

    def scripts(self, migrations: Sequence[Migration]) -> tuple[Script, ...]:
        """What migrations do, in their order, each without the parts that are not applied; an ORM's files come last."""
        from analyzer.sql.script import Script

        sql = [each for each in migrations if is_sql(each.path)]
        for migration in sql:
            self._read((migration.path,), self.sql, SqlFacts, readers.sql, migration, nothing=_UNREADABLE)
        written = tuple(Script(each.path, each.version, self.sql[each.path]) for each in sql)
        return (*written, *self.declared(each.path for each in migrations if not is_sql(each.path)))

    def declared(self, paths: Iterable[str]) -> tuple[Script, ...]:
        """What would make the schema that an ORM's files declare."""
        files = tuple(paths)
        self._read(files, self.declarations, Declarations, readers.declarations)
        if not files:
            return ()
        from analyzer.sql.declared import declared_scripts

        return declared_scripts({path: self.declarations[path] for path in files})

    def read_types(self, paths: Iterable[str]) -> None:
        """Read files of generated types that were not read before."""
        self._read(paths, self.types, GeneratedTypes, readers.generated_types)

    def read_documents(self, paths: Iterable[str]) -> None:
        """Read documents that were not read before, for the entities that they name."""
        self._read(paths, self.domain, DomainFacts, readers.domain)

    def _read(
        self,
        paths: Iterable[str],
        facts: dict[str, F],
        kind: type[F],
        read: Callable[..., F],
        *given: object,
        nothing: F | None = None,
    ) -> None:
        for path in paths:
            if path not in facts:
                found = self._facts(path, kind, read, *given)
                facts[path] = found if found is not None else nothing if nothing is not None else kind()

    def _facts(self, path: str, kind: type[F], read: Callable[..., F], *given: object) -> F | None:
        try:
            facts = self._library.ask(kind, path, read, *given)
            self.ignores[path] = self._ignores(path, facts)
        except OSError as error:
            self.problems.append((path, Problem(f"cannot be read: {error.strerror or error}", unreadable=True)))
            return None
        except Exception as error:  # whatever a file does to its reader, the others are read
            self.problems.append((path, mishap(error, "its reader", deepest(self.bytes_of(path)))))
            return None
        if isinstance(facts, CodeFacts | SqlFacts | Declarations | DomainFacts):
            self.problems.extend((path, problem) for problem in facts.problems)
        return facts

    def _ignores(self, path: str, facts: object) -> tuple[Ignore, ...]:
        """The ignore comments of a file; its facts have them, if it is code."""
        if isinstance(facts, CodeFacts):
            return facts.ignores
        return self._library.ask(tuple[Ignore, ...], path, readers.ignores)

    def _digest(self, path: str) -> bytes | str:
        """What a file's content is known by; what it is that keeps it from being read."""
        try:
            return self._library.tree.named(path)
        except OSError as error:
            return error.strerror or str(error)


def _intended(run: Callable[..., Replay], lack: Callable[..., Iterable[Missing]], replayed: Replay) -> Replay | None:
    """The replay once all is there that it lacks, and what statements then lack, but for columns; None where it lacks nothing.

    ``run`` replays with what is imagined, and ``lack`` says what it would lack even then.
    """
    needed: dict[Missing, None] = {}
    intended: Replay | None = None
    while more := [each for each in _lacking(intended or replayed) if each not in needed]:
        needed.update(dict.fromkeys(more))
        needed.update(dict.fromkeys(lack(imagined=needed)))
        intended = run(imagined=needed)
    return intended


def _lacking(replayed: Replay) -> Iterator[Missing]:
    from analyzer.sql.replay import is_imaginable

    return (want.missing for want in replayed.wants if is_imaginable(want.missing))


def deepest(data: bytes) -> int:
    """The offset of the bracket that the most others are open around; 0 when there is none."""
    depth = most = place = 0
    for bracket in _BRACKET.finditer(data):
        depth = depth + 1 if bracket[0] in b"([{" else max(depth - 1, 0)
        if depth > most:
            most, place = depth, bracket.start()
    return place


def is_sql(path: str) -> bool:
    """True for SQL, False for the files of an ORM."""
    return path.lower().endswith(".sql")
