"""What a document says the data is to be: entities and their fields, nothing resolved."""

from __future__ import annotations

from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.model.span import Span


class Field(Record, frozen=True):
    """A field of an entity, as it is written."""

    name: str
    span: Span


class Entity(Record, frozen=True):
    """Something that is to be a table. ``name`` is as written, a schema before it if there is one; ``fields`` may be none."""

    name: str
    span: Span
    fields: tuple[Field, ...] = ()


class DomainFacts(Record, frozen=True):
    """All that one document names, in its order; an entity that it names twice is there twice."""

    entities: tuple[Entity, ...] = ()
    problems: tuple[Problem, ...] = ()
