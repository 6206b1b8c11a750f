"""What the files of a tree say, each read once: in this run, or in an earlier one that met the same content."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from analyzer.cache.codec import codec
from analyzer.cache.memo import Memo
from analyzer.engine import readers
from analyzer.engine.ahead import Ahead, Task, usual_jobs
from analyzer.engine.patience import within_time
from analyzer.engine.trace import Asked, TracedTree, asked, digest_of
from analyzer.model.crossing import NOTHING_KNOWN, Calls, Exports, Known
from analyzer.model.errors import TooSlow
from analyzer.model.facts import CodeFacts
from analyzer.model.inventory import Tree
from analyzer.model.source import Source
from analyzer.model.span import Place

if TYPE_CHECKING:
    from analyzer.model.catalog import Missing

T = TypeVar("T")

# The type of an answer, the file, the reader, and what it is told besides.
Wanted = tuple[Any, ...]


class Library:
    """Answers what a reader makes of a file. ``tree`` remembers what was looked at."""

    def __init__(self, tree: Tree, memo: Memo | None = None) -> None:
        self.tree = tree if isinstance(tree, TracedTree) else TracedTree(tree)
        self.memo = memo or Memo()
        self._ahead = Ahead()
        self._asked: dict[str, dict[tuple[str, tuple[object, ...]], None]] = {}

    @contextmanager
    def reading_ahead(self, wanted: Iterable[Wanted], jobs: int | None) -> Iterator[None]:
        """Within this, files that are known to be wanted are read in other processes, if they are many enough.

        ``jobs`` is how many processes there may be; None for one a core.
        """
        jobs = usual_jobs() if jobs is None else jobs
        self._ahead = Ahead(self._tasks(wanted) if jobs > 1 else (), jobs)
        try:
            yield
        finally:
            self._ahead.close()

    def expect(self, wanted: Iterable[Wanted]) -> None:
        """These answers are asked for next: where there are processes, they make them meanwhile."""
        if self._ahead.started:
            self._ahead.add(self._tasks(wanted))

    def _tasks(self, wanted: Iterable[Wanted]) -> Iterator[Task]:
        for kind, path, read, *given in wanted:
            try:
                name = asked(path, self.tree.digest(path), read, *given)
                if not self.memo.knows(name):
                    source = Source(path, self.tree.content(path))
                    name = asked(path, digest_of(source.data), read, *given)
                    yield Task(name, kind, read.__name__, source, tuple(given))
            except OSError:
                continue

    def ask(self, kind: Any, path: str, read: Callable[..., T], *given: object) -> T:
        """What the reader says of the file, a value of type ``kind``; ``given`` is what it is told besides.

        Raises OSError when the file cannot be read.
        """
        self._asked.setdefault(path, {})[read.__name__, given] = None
        name = asked(path, self.tree.digest(path), read, *given)
        if (answer := self._ahead.answer(name)) is not None:
            self.memo.put(name, answer)
        known: T | None = self.memo.look(kind, name)
        if known is not None:
            return known
        data = self.tree.content(path)
        digest = digest_of(data)
        if digest in self.memo.slow:
            raise TooSlow(errno.ETIMEDOUT, self.memo.slow[digest])
        try:
            value = within_time(read, Source(path, data), *given)
        except TooSlow as error:
            self.memo.slow[digest] = error.strerror or str(error)
            raise
        if readers.is_sound(value):
            self.memo.learn(kind, asked(path, digest, read, *given), value)
        return value

    def asked(self) -> dict[str, tuple[Asked, ...]]:
        """What was asked of each file that was asked nothing but what code is."""
        code = readers.of_code()
        return {
            path: tuple(Asked(reader, codec(code[reader][1]).encode(given)) for reader, given in questions)
            for path, questions in self._asked.items()
            if all(reader in code for reader, _ in questions)
        }

    def _ask_anyway(self, kind: Any, path: str, read: Callable[..., T], *given: object) -> T:
        """The same, of nothing where the file cannot be read. Raises TooSlow."""
        try:
            return self.ask(kind, path, read, *given)
        except TooSlow:
            raise
        except OSError:
            return read(Source(path, b""), *given)

    # --- what files tell each other -----------------------------------------------------------------------------------

    def code(self, path: str, known: Known = NOTHING_KNOWN) -> CodeFacts:
        """What a code file asks for, as far as it can be told with what is known."""
        return self._ask_anyway(CodeFacts, path, readers.code, known)

    def exports(self, path: str, known: Known = NOTHING_KNOWN) -> Exports:
        """What a code file gives others."""
        return self._ask_anyway(Exports, path, readers.exports, known)

    def calls(self, path: str, function: str, known: Known = NOTHING_KNOWN) -> tuple[Calls, ...]:
        """How a code file uses an imported function."""
        return self._ask_anyway(tuple[Calls, ...], path, readers.calls, function, known)

    def modules(self, path: str) -> tuple[str, ...]:
        """What a code file names as modules."""
        return self._ask_anyway(tuple[str, ...], path, readers.modules)

    def clauses(self, path: str) -> tuple[str, ...]:
        """The clauses of a code file that export names."""
        return self._ask_anyway(tuple[str, ...], path, readers.clauses)

    def stated(self, path: str) -> tuple[str, ...]:
        """The tables that SQL in a code file speaks of, in small letters; of one that takes too long, nothing is known."""
        with suppress(TooSlow):
            return self._ask_anyway(tuple[str, ...], path, readers.stated)
        return ()

    def creations(self, path: str) -> tuple[tuple[Missing, Place], ...]:
        """What an SQL file would create; of one that takes too long, nothing is known."""
        from analyzer.model.catalog import Missing

        with suppress(TooSlow):
            return self._ask_anyway(tuple[tuple[Missing, Place], ...], path, readers.creations)
        return ()
