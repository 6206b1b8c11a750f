"""The readers as the engine asks them, each imported when it first reads: a run that knows every answer imports no parser.

Each is a function of what it is given and of nothing else, and can be sent to another process by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from analyzer.model.crossing import DEFAULT, NOTHING_KNOWN, Calls, Exports, Known
from analyzer.model.facts import CodeFacts
from analyzer.model.ignore import MARK, Ignore
from analyzer.model.source import Source
from analyzer.model.span import Place

if TYPE_CHECKING:
    from analyzer.model.catalog import Missing
    from analyzer.model.declaration import Declarations
    from analyzer.model.domain import DomainFacts
    from analyzer.model.events import SqlFacts
    from analyzer.model.facts import GeneratedTypes
    from analyzer.model.inventory import Migration
    from analyzer.model.query import SourceName

_CLAUSE = re.compile(rb"\bexport\s*\{[^{}]*\}")
_SOURCE = re.compile(rb"""\bfrom\s*['"]([^'"\n]+)['"]""")


def code(source: Source, known: Known = NOTHING_KNOWN) -> CodeFacts:
    """What a code file asks for."""
    from analyzer.code.read import read_code

    return replace(read_code(source, known, _relations_in), ignores=ignores(source))


def _relations_in(sql: str, start: int) -> tuple[tuple[str, SourceName], ...]:
    from analyzer.sql.raw import relations_in

    return relations_in(sql, start)


def sql(source: Source, migration: Migration | None = None) -> SqlFacts:
    """What an SQL file does; of a migration, what is applied."""
    from analyzer.sql.read import read_sql

    return read_sql(Source(source.path, migration.applied(source.data)) if migration else source)


def declarations(source: Source) -> Declarations:
    """What an ORM's file declares."""
    from analyzer.code.declaration import read_declarations

    return read_declarations(source)


def generated_types(source: Source) -> GeneratedTypes:
    """What a file of generated types lists."""
    from analyzer.code.generated import read_generated_types

    return read_generated_types(source)


def domain(source: Source) -> DomainFacts:
    """What a document names as entities."""
    from analyzer.domain.read import read_domain

    return read_domain(source)


def exports(source: Source, known: Known = NOTHING_KNOWN) -> Exports:
    """What a code file gives others."""
    from analyzer.code.exports import read_exports

    return read_exports(source, known)


def calls(source: Source, function: str, known: Known = NOTHING_KNOWN) -> tuple[Calls, ...]:
    """How a code file uses an imported function."""
    if function != DEFAULT and function.encode() not in source.data:
        return ()
    from analyzer.code.exports import read_calls

    return read_calls(source, frozenset((function, DEFAULT)), known)


def modules(source: Source) -> tuple[str, ...]:
    """What a code file names as modules, each once; found by a search of its bytes."""
    named = {match[1].decode("utf-8", "replace") for match in _SOURCE.finditer(source.data)}
    return tuple(sorted(named))


def clauses(source: Source) -> tuple[str, ...]:
    """The clauses of a code file that export names: ``export { useTable as useRows } from './table'``."""
    return tuple(each.decode("utf-8", "replace") for each in _CLAUSE.findall(source.data))


def stated(source: Source) -> tuple[str, ...]:
    """The tables that SQL in a code file speaks of, in small letters; found by a search of its bytes."""
    from analyzer.code.statements import tables_stated

    return tables_stated(source.data)


def ignores(source: Source) -> tuple[Ignore, ...]:
    """The ignore comments of a file of any kind."""
    if MARK not in source.data:
        return ()
    from analyzer.suppress import read_ignores

    return read_ignores(source)


def created(path: str, facts: SqlFacts) -> Iterator[tuple[Missing, Place]]:
    """Everything that a file would create if all of it ran, the schema always said, and where."""
    from analyzer.sql.creations import attempts

    for statement in facts.statements:
        for missing, ref in attempts(statement.event):
            schema = missing.schema or (None if missing.kind == "schema" else "public")
            yield replace(missing, schema=schema), Place(path, ref.span if ref else statement.span)


def creations(source: Source) -> tuple[tuple[Missing, Place], ...]:
    """What an SQL file would create."""
    return tuple(created(source.path, sql(source)))


def is_sound(value: object) -> bool:
    """True unless an error of our own kept something from being read: such an answer is not kept, since the next may be whole."""
    return not any(problem.internal for problem in getattr(value, "problems", ()))


@cache
def of_code() -> Mapping[str, tuple[Any, Any]]:
    """The readers that are asked about code alone, by name: the type of the answer, and of what they are told besides."""
    return {
        "code": (CodeFacts, tuple[Known, ...]),
        "exports": (Exports, tuple[Known, ...]),
        "calls": (tuple[Calls, ...], tuple[str, Known]),
        "modules": (tuple[str, ...], tuple[()]),
        "clauses": (tuple[str, ...], tuple[()]),
        "stated": (tuple[str, ...], tuple[()]),
    }
