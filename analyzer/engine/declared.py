"""What SQL that nothing applies would create: it keeps findings back, and proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from analyzer.engine.readers import created
from analyzer.engine.reading import Reading, is_sql
from analyzer.link import Project, Use
from analyzer.model.catalog import Missing, Relation
from analyzer.model.inventory import SupabaseRoot
from analyzer.model.record import Record
from analyzer.model.request import Embed, Name
from analyzer.model.span import Place

_WORD = re.compile(rb"\w+")
_NAMELESS = frozenset(
    {"Span", "Span | None", "str", "str | None", "bool", "bool | None", "int", "Kind", "Via", "Access | None"}
)


def declared_by(
    reading: Reading, root: SupabaseRoot, project: Project, others: Iterable[SupabaseRoot] = ()
) -> dict[Missing, Place]:
    """All that the declarative files create, and what other SQL creates of the names that code and migrations use in vain.

    ``others`` are projects whose SQL may be meant for the same database. The schema is always said. SQL that holds none
    of these names is not read at all.
    """
    reading.read_sql(root.declared)
    made = {each: place for path in root.declared for each, place in created(path, reading.sql[path])}
    beside = (*root.beside, *(path for each in others for path in (*each.declared, *each.beside)))
    unmet = set(_unmet(project)) if beside else set()
    for each, place in _beside(reading, beside, _words(unmet)) if unmet else ():
        if (each.column or each.name) in unmet:
            made.setdefault(each, place)
    return made


def seeded_by(reading: Reading, root: SupabaseRoot, project: Project) -> dict[Missing, Place]:
    """What seeds and the SQL of tests create of the tables and functions that tests use in vain, and of the buckets."""
    vain = (use for use in project.uses if use.test and not (use.relation or use.functions))
    names = {use.name.text for use in vain if use.reference.kind in ("table", "function")}
    buckets = {use.name.text for use in project.uses_of("bucket")} - project.catalog.buckets.keys()
    found = _beside(reading, root.seeds, _words(names | buckets)) if names or buckets else ()
    return {each: place for each, place in found if each.name in (buckets if each.kind == "bucket" else names)}


def _words(names: Iterable[str]) -> set[bytes]:
    """A word of each name: the longest, since `room-photos` is none."""
    return {max(_WORD.findall(name.lower().encode()), key=len, default=b"") for name in names}


def _beside(reading: Reading, paths: Iterable[str], words: Set[bytes]) -> Iterator[tuple[Missing, Place]]:
    """What SQL creates that holds one of the words, and all that ORMs declare: their names may be spelt in another way."""
    for path in filter(is_sql, paths):
        if not words.isdisjoint(_WORD.findall(reading.bytes_of(path).lower())):
            yield from reading.creations(path)
    for script in reading.declared(path for path in paths if not is_sql(path)):
        yield from created(script.path, script.facts)


def _unmet(project: Project) -> Iterator[str]:
    """Every name in a call that is no column of the relation beside it, and more: a hint is no column either.

    Then what migrations and the bodies of functions need and do not find.
    """
    tables = {each.name: _columns(each) for each in project.catalog.relations.values() if not each.managed}
    for use in project.uses:
        if use.reference.kind == "realtime":
            yield use.name.text
        known = {use.name.text} if use.relation or _take_all(use) else set()
        yield from _names(use.reference, tables, known | _columns(use.relation))
    for want in project.replay.wants:
        yield want.missing.column or want.missing.name
    for replay in filter(None, (project.replay, project.schema.intended)):
        yield from (each.missing.name for each in replay.broken)


def _take_all(use: Use) -> bool:
    """True for functions that know the names of all arguments: one that does not may be another by now."""
    given = use.reference.request.arguments if use.reference.request is not None else None
    names = {entry.name.text for entry in given.entries} if given is not None else set()
    return bool(use.functions) and names.issubset(each.name for one in use.functions for each in one.inputs())


def _names(value: object, tables: Mapping[str, Set[str]], known: Set[str]) -> Iterator[str]:
    """The names within the value that are not known; ``tables`` are the columns by name of what may be embedded."""
    waiting: list[tuple[object, Set[str]]] = [(value, known)]
    while waiting:
        each, known = waiting.pop()
        if isinstance(each, Name):
            yield from () if each.text in known else (each.text,)
        elif isinstance(each, tuple):
            waiting += [(part, known) for part in each]
        elif isinstance(each, Record):
            if isinstance(each, Embed) and each.target.text in tables:
                known = {each.target.text} | tables[each.target.text]
            waiting += [(getattr(each, part), known) for part in _parts(each.__class__)]


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields that can hold a name: all but those that are plain by their annotation, such as spans and flags."""
    return tuple(name for name, said in kind.__annotations__.items() if said not in _NAMELESS)


def _columns(relation: Relation | None) -> Set[str]:
    return {column.name for column in relation.columns} if relation else set()
