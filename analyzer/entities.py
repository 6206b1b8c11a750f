"""How what the domain model names stands to what the migrations build and the code asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from analyzer.link import DEFAULT_SCHEMA, Project
from analyzer.model.catalog import TABLE_LIKE, Function, Missing, Relation, Type
from analyzer.model.domain import DomainFacts, Entity
from analyzer.model.record import Record
from analyzer.model.span import Place
from analyzer.words import pieces, words_of

Standing = Literal["built", "hinted", "used", "absent"]


class Modelled(Record, frozen=True):
    """An entity of the model. ``place`` is where it is first named; ``standing`` what there is under its name.

    ``built``: a migration makes it, even if the statement fails. ``hinted``: generated types, or files that nothing
    applies, have it. ``used``: code or migrations ask for it in vain. ``absent``: none of them has it.
    """

    entity: Entity
    place: Place
    standing: Standing
    relation: Relation | None = None


def modelled(project: Project) -> tuple[Modelled, ...]:
    """Every entity that the project's model names, each once, in the order of the documents."""
    found: dict[tuple[str, ...], Modelled] = {}
    for path, facts in project.schema.model.items():
        for each in standings(project, path, facts):
            found.setdefault(words(each.entity.name), each)
    return tuple(found.values())


def standings(project: Project, path: str, facts: DomainFacts) -> Iterator[Modelled]:
    """How each entity of one document stands."""
    there = _Names(project)
    for entity in facts.entities:
        standing, relation = there.standing(entity)
        yield Modelled(entity, Place(path, entity.span), standing, relation)


def tables_to_document(project: Project) -> tuple[Relation, ...]:
    """The tables that a model should name: those that the migrations are to make in schemas that the API serves."""
    catalog = project.intended
    own = (each for each in catalog.relations.values() if each.place is not None and not each.managed)
    tables = (each for each in own if each.kind in TABLE_LIKE and each.partition_of is None)
    return tuple(each for each in tables if catalog.schema_of(each) in project.schema.exposed)


def words(name: str) -> tuple[str, ...]:
    """What a name says apart from its spelling, a schema left out."""
    return words_of(name.rpartition(".")[2])


class _Names:
    """All that there is by what its name says."""

    def __init__(self, project: Project) -> None:
        catalog = project.catalog
        relations = (each for each in project.intended.relations.values() if each.place is not None or each.managed)
        self._relations = {words(each.name): each for each in relations if each.kind != "sequence"}
        others: tuple[Type | Function, ...] = (*catalog.types.values(), *catalog.functions.values())
        self._others = {words(each.name) for each in others if not each.managed} | {*map(words, catalog.buckets)}
        lost = {words(each.name) for each in project.replay.lost if each.kind == "relation"}
        gone = {words(each.name) for each in catalog.departed.values() if each.kind == "relation"}
        skipped = (each.missing for each in project.schema.skipped_creations)
        self._others |= lost | gone | {words(each.name) for each in skipped if each.kind == "relation"}
        self._hints = {words(name) for _, name in project.schema.typed}
        self._hints |= {words(each.name) for each in project.schema.declared if each.kind == "relation"}
        self._used = {words(use.name.text) for use in project.uses if use.reference.kind in ("table", "realtime")}
        self._used |= {words(each.missing.name) for each in project.replay.wants if each.missing.kind == "relation"}

    def standing(self, entity: Entity) -> tuple[Standing, Relation | None]:
        """How the entity stands, and the relation that it is, if there is one."""
        said = words(entity.name)
        if said in self._relations or said in self._others:
            return "built", self._relations.get(said)
        return ("hinted" if said in self._hints else "used" if said in self._used else "absent"), None


def missing_of(entity: Entity) -> Missing:
    """The table that is not there, by the name that unquoted SQL would give it."""
    schema, _, name = entity.name.rpartition(".")
    plain = name if name == name.lower() else "_".join(pieces(name))
    return Missing("relation", schema.lower() or DEFAULT_SCHEMA, re.sub(r"\W+", "_", plain))
