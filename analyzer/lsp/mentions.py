"""Every place where code or a migration names something of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.catalog import Bucket, Column, Function, Relation
from analyzer.model.record import Record
from analyzer.model.request import Embed, Name
from analyzer.model.span import Place, Span
from analyzer.postgrest.plan import Node

_WORD = re.compile(r'(?:(?:"([^"]+)"|(\w+))\s*\.\s*)?(?:"([^"]+)"|(\w+))')


class Thing(Record, frozen=True):
    """Something of a project's schema: a relation, one of its columns, the overloads of a function, or a bucket."""

    project: Project
    relation: Relation | None = None
    column: Column | None = None
    functions: tuple[Function, ...] = ()
    bucket: Bucket | None = None

    def same(self, other: Thing) -> bool:
        """True for the same thing; overloads of a function are one."""
        if self.functions:
            return not {each.oid for each in self.functions}.isdisjoint(each.oid for each in other.functions)
        return (self._oid, self.column, self.bucket) == (other._oid, other.column, other.bucket) and not other.functions

    @property
    def _oid(self) -> int | None:
        return self.relation.oid if self.relation is not None else None

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is made."""
        one = self.column or self.relation or self.bucket
        found = (one.place,) if one is not None else tuple(each.place for each in self.functions)
        return tuple(each for each in found if each is not None)


class Mention(Record, frozen=True):
    """A thing, named at a place of the code."""

    place: Place
    thing: Thing


def mentions(project: Project, path: str | None = None) -> Iterator[Mention]:
    """Every name in the code that stands for something; in one file, when it is given."""
    for use in project.uses:
        if path is None or use.path == path:
            thing = _of_use(project, use)
            if thing is not None:
                yield Mention(use.place, thing)
            for name, named in _within(project, use):
                yield Mention(Place(use.path, name.span), named)


def thing_at(project: Project, path: str, offset: int, data: bytes) -> Mention | None:
    """What is named at a byte of a file, the innermost where several are."""
    found = [each for each in mentions(project, path) if _holds(each.place, path, offset)]
    if not found and path.lower().endswith(".sql"):
        found = [*_made_at(project, path, offset), *_word_at(project, path, offset, data)][:1]
    return min(found, key=lambda each: each.place.span.end - each.place.span.start, default=None)


def _holds(place: Place | None, path: str, offset: int) -> bool:
    return place is not None and place.path == path and place.span.start <= offset <= place.span.end


def _of_use(project: Project, use: Use) -> Thing | None:
    if use.relation is not None:
        return Thing(project, use.relation)
    if use.functions:
        return Thing(project, functions=use.functions)
    if use.reference.kind == "bucket" and use.name.text in project.catalog.buckets:
        return Thing(project, bucket=project.catalog.buckets[use.name.text])
    relation = project.catalog.relation(use.schema or DEFAULT_SCHEMA, use.name.text)
    return Thing(project, relation) if relation is not None and use.reference.kind == "type" else None


def _within(project: Project, use: Use) -> Iterator[tuple[Name, Thing]]:
    """The columns and embeds that a call names."""
    request = use.reference.request
    if request is None:
        return
    plans = [*project.plans(use)]
    for plan in plans:
        for node in plan.walk():
            yield from _of_node(project, node)
    rows = project.rows(use)
    parts = [(each.column, each.path) for each in request.filters]
    parts += [(each.column, each.path) for each in request.orders]
    for name, path in parts:
        for relation in [_end(root, path) for root in plans] or [None if path else rows]:
            yield from _column(project, relation, name)
    for row in request.payload.rows if request.payload else ():
        for entry in row.entries:
            yield from _column(project, use.relation, entry.name)
    for name in request.conflict or ():
        yield from _column(project, use.relation, name)


def _end(root: Node, path: tuple[Name, ...]) -> Relation | None:
    """The relation that a filter's path leads to."""
    end = root.descend(path)
    return end.relation if isinstance(end, Node) else None


def _of_node(project: Project, node: Node) -> Iterator[tuple[Name, Thing]]:
    if isinstance(node.embed, Embed) and node.relation is not None:
        yield node.embed.target, Thing(project, node.relation)
    for field in node.selection.fields:
        if field.name is not None:
            yield from _column(project, node.relation, field.name)


def _column(project: Project, relation: Relation | None, name: Name) -> Iterator[tuple[Name, Thing]]:
    column = relation.column(name.text) if relation is not None else None
    if column is not None:
        yield name, Thing(project, relation, column)


# --- in migrations ----------------------------------------------------------------------------------------------------


def _made_at(project: Project, path: str, offset: int) -> Iterator[Mention]:
    """What the migration makes at this byte."""
    for thing in things(project):
        for place in thing.places:
            if _holds(place, path, offset):
                yield Mention(place, thing)


def things(project: Project) -> Iterator[Thing]:
    """Everything that migrations make: columns before relations, since their places lie within."""
    for relation in project.catalog.relations.values():
        if relation.place is not None:
            yield from (Thing(project, relation, column) for column in relation.columns)
            yield Thing(project, relation)
    yield from (Thing(project, functions=(each,)) for each in project.catalog.functions.values() if each.place)
    yield from (Thing(project, bucket=each) for each in project.catalog.buckets.values())


def _word_at(project: Project, path: str, offset: int, data: bytes) -> Iterator[Mention]:
    """The relation or function whose name stands at this byte."""
    text = data.decode("utf-8", "surrogateescape")
    at = len(data[:offset].decode("utf-8", "surrogateescape"))
    start = text.rfind("\n", 0, at) + 1
    for word in _WORD.finditer(text, start, (text.find("\n", at) + 1) or len(text)):
        if word.start() <= at <= word.end():
            schema = word[1] or (word[2] or DEFAULT_SCHEMA).lower()
            name = word[3] or word[4].lower()
            thing = _named(project, schema, name)
            if thing is not None:
                yield Mention(Place(path, _span(text, *word.span())), thing)


def _named(project: Project, schema: str, name: str) -> Thing | None:
    relation = project.catalog.relation(schema, name)
    functions = project.catalog.functions_named(schema, name)
    if relation is None and not functions:
        return None
    return Thing(project, relation) if relation is not None else Thing(project, functions=functions)


def _span(text: str, start: int, end: int) -> Span:
    before = len(text[:start].encode("utf-8", "surrogateescape"))
    return Span(before, before + len(text[start:end].encode("utf-8", "surrogateescape")))
