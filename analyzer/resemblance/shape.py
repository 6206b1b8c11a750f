"""What is known of a relation, whether it is there or only asked for: its columns, and what it is tied to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.catalog import QUERYABLE, Relation
from analyzer.model.request import Selection, embeds
from analyzer.words import words_of

_WRITES = ("insert", "upsert", "update", "delete")

Tie = tuple[str, str]  # a column, empty where it is not known, and the relation at the other end


@dataclass(slots=True)
class Shape:
    """A relation as far as it is known.

    ``refers`` are its own foreign keys, ``referred`` those of others that point at it. ``called`` when code asks for it
    by its name, ``written`` when it also puts rows into it, or changes them.
    """

    name: str
    columns: set[str] = field(default_factory=set)
    refers: set[Tie] = field(default_factory=set)
    referred: set[Tie] = field(default_factory=set)
    called: bool = False
    written: bool = False


def candidates(project: Project) -> dict[str, Relation]:
    """The relations that may have been meant, by name: those the migrations build, and those they need and do not find."""
    return {
        relation.name: relation
        for relation in project.intended.relations.values()
        if relation.kind in QUERYABLE
        and not relation.managed
        and relation.partition_of is None
        and project.intended.schema_of(relation) == DEFAULT_SCHEMA
        and (relation.place is not None or project.wanted(DEFAULT_SCHEMA, relation.name))
    }


def missing_shapes(project: Project) -> dict[str, Shape]:
    """The relations that calls or migrations ask for and nobody makes, as those that ask show them."""
    there = {name for name, relation in candidates(project).items() if relation.place is not None}
    uses = [
        use
        for use in project.uses_of("table")
        if use.relation is None and use.schema == DEFAULT_SCHEMA and use.name.text not in there
    ]
    shapes = {use.name.text: Shape(use.name.text) for use in uses if use.certain}
    for column, table, name in _wanted(project):
        if name not in there:
            shapes.setdefault(name, Shape(name)).referred.update({(column, table)} if column else ())
    for use in uses:
        if use.name.text in shapes and use.alone:
            _take_in(shapes[use.name.text], use)
    _tie(project, shapes)
    return shapes


def present_shapes(project: Project, missing: Mapping[str, Shape]) -> dict[str, Shape]:
    """The relations that may have been meant, as the migrations show them; of one that is missing too, as calls do."""
    relations = candidates(project)
    shapes = {
        name: Shape(name, {column.name for column in relation.columns}, set(_keys(project, relation)))
        for name, relation in relations.items()
    }
    for use in project.uses:
        if use.name.text in shapes and use.reference.kind in ("table", "realtime"):
            shapes[use.name.text].called = True
    for name in shapes.keys() & missing.keys():
        shapes[name].columns |= missing[name].columns
        shapes[name].refers |= missing[name].refers
    for name, shape in shapes.items():
        for column, target in shape.refers:
            if target in shapes:
                shapes[target].referred.add((column, name))
    return shapes


def _keys(project: Project, relation: Relation) -> Iterator[Tie]:
    for key in relation.constraints:
        target = project.intended.relations.get(key.target or 0)
        if key.kind == "foreign key" and target is not None:
            yield ",".join(relation.names_of(key.columns)), target.name


def _wanted(project: Project) -> Iterator[tuple[str, str, str]]:
    """What migrations need: the column and the table that refer to it, empty where it is no foreign key, and its name."""
    for want in project.replay.wants:
        if want.missing.kind == "relation" and want.missing.schema == DEFAULT_SCHEMA and want.later is None:
            _, _, source = want.source.partition(".")
            table, _, column = source.partition(".")
            yield column, table, want.missing.name


def _take_in(shape: Shape, use: Use) -> None:
    shape.written |= use.reference.operation in _WRITES
    shape.columns.update(name.text for name in use.reference.columns if name.text != "*")
    for selection in _selections(use):
        for embed in selection.embeds:
            shape.refers.add((embed.hint.text if embed.hint else "", embed.target.text))


def _selections(use: Use) -> Iterable[Selection]:
    return use.reference.request.selections if use.reference.request is not None else ()


def _tie(project: Project, shapes: Mapping[str, Shape]) -> None:
    """Ties that the code shows: a column ``agent_id`` refers to ``agents``, and who embeds a relation is tied to it."""
    known = {words_of(name): name for name in (*candidates(project), *shapes)}
    for shape in shapes.values():
        for column in shape.columns:
            target = known.get(_owner(column))
            if target is not None and target != shape.name:
                shape.refers.add((column, target))
    for shape in shapes.values():
        for column, target in shape.refers:
            if column and target in shapes:
                shapes[target].referred.add((column, shape.name))
    for table, column, target in _ties_of_uses(project, known):
        if target in shapes and table != target:
            shapes[target].referred.add((column, table))


def _ties_of_uses(project: Project, known: Mapping[tuple[str, ...], str]) -> Iterator[tuple[str, str, str]]:
    """Table, column and target of what calls on any table name: a column after its owner, and embeds."""
    for use in project.uses_of("table"):
        for name in use.reference.columns:
            yield use.name.text, name.text, known.get(_owner(name.text), "")
        for selection in _selections(use):
            for embed in embeds(selection):
                yield use.name.text, "", embed.target.text


def _owner(column: str) -> tuple[str, ...]:
    """The words of what a column ``agent_id`` refers to; none for another column."""
    words = words_of(column)
    return words[:-1] if words and words[-1] == "id" else ()
