"""What is said of the columns of a missing table: by the calls that ask for it, embeds and generated types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.link import Project, Use
from analyzer.model.request import Constant, Embed, Name, Row, Selection, Shape, embeds
from analyzer.model.span import Place
from analyzer.words import words_of


@dataclass(slots=True)
class Evidence:
    """What was seen of one column. ``refers`` is the table that embeds say it refers to, ``typed`` what generated types say."""

    name: str
    places: list[Place] = field(default_factory=list)
    values: list[Constant] = field(default_factory=list)
    shapes: set[Shape] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    json: bool = False
    typed: str = ""
    refers: str = ""


def evidence_of(project: Project, name: str) -> dict[str, Evidence]:
    """Everything that code says of the columns of a table of the default schema, by name, in the order of the code."""
    found: dict[str, Evidence] = {}
    for use in project.uses_of("table"):
        if use.name.text == name and use.relation is None and use.alone:
            _of_call(found, use)
        for selection in use.reference.request.selections if use.reference.request is not None else ():
            for embed in embeds(selection):
                if embed.target.text == name:
                    _of_selection(found, use.path, embed.selection)
    for column, target in refers(project, name).items():
        found.setdefault(column, Evidence(column)).refers = target
    for types in project.schema.generated.values():
        relation = types.relations.get(("public", name))
        for column in sorted(relation.columns) if relation is not None else ():
            found.setdefault(column, Evidence(column)).typed = relation.types.get(column, "") if relation else ""
    return found


def embedded(project: Project, name: str) -> dict[str, list[Place]]:
    """The tables that calls of this one embed directly, each with where."""
    found: dict[str, list[Place]] = {}
    for use in project.uses_of("table"):
        request = use.reference.request
        if use.name.text == name and use.relation is None and use.alone and request is not None:
            for embed in (each for selection in request.selections for each in selection.embeds):
                found.setdefault(embed.target.text, []).append(Place(use.path, embed.target.span))
    return found


def always_given(project: Project, name: str) -> set[str]:
    """The columns that every row which is put into the table has; none where a row is put of which nothing is known."""
    given: list[set[str]] = []
    for use in project.uses_of("table"):
        request = use.reference.request
        if use.name.text != name or use.reference.operation not in ("insert", "upsert") or use.test:
            continue
        rows = request.payload.rows if request is not None and request.payload is not None else ()
        given.extend(map(_given, rows) if rows else [set()])
    return set.intersection(*given) if given else set()


def _given(row: Row) -> set[str]:
    surely = (each for each in row.entries if not (each.absent or each.maybe))
    return {each.name.text for each in surely if each.value is None or each.value.sort != "null"}


def refers(project: Project, name: str) -> dict[str, str]:
    """The columns that embeds say refer to another table, by a ``!hint`` that names the column or its key: the table of each."""
    found: dict[str, str] = {}
    for use in project.uses_of("table"):
        request = use.reference.request
        for selection in request.selections if request is not None and use.alone else ():
            for parent, embed in _pairs(use.name.text, selection):
                hint = embed.hint.text if embed.hint is not None else ""
                for one, other in ((parent, embed.target.text), (embed.target.text, parent)):
                    column = hint.removeprefix(f"{one}_").removesuffix("_fkey")
                    if one == name and hint == f"{one}_{column}_fkey":
                        found[column] = other
                if parent == name:
                    found |= _by_column(embed)
    return found


def _by_column(embed: Embed) -> dict[str, str]:
    """``profiles!user_id(…)``, and ``profiles:user_id(…)``, where the alias may be the table's name."""
    if embed.hint is not None and _is_key(embed.hint.text):
        return {embed.hint.text: embed.target.text}
    return {embed.target.text: embed.alias or ""} if _is_key(embed.target.text) else {}


def _is_key(name: str) -> bool:
    return words_of(name)[-1:] == ("id",)


def _pairs(parent: str, selection: Selection) -> Iterator[tuple[str, Embed]]:
    for embed in selection.embeds:
        yield parent, embed
        yield from _pairs(embed.target.text, embed.selection)


def _of_call(found: dict[str, Evidence], use: Use) -> None:
    request = use.reference.request
    if request is None:
        return
    for selection in request.selections:
        _of_selection(found, use.path, selection)
    for filter_ in request.filters:
        if not filter_.path and filter_.operator != "unknown":
            seen = _see(found, use.path, filter_.column)
            seen.json |= filter_.json
            seen.values.extend(filter_.values if filter_.operator != "is" and not use.test else ())
            seen.operators.add(filter_.operator)
    for order in request.orders:
        if not order.path and not order.related:
            _see(found, use.path, order.column).json |= order.json
    for row in request.payload.rows if request.payload is not None else ():
        _of_row(found, use, row)
    for name in request.conflict or ():
        _see(found, use.path, name)


def _of_selection(found: dict[str, Evidence], path: str, selection: Selection) -> None:
    for each in selection.fields:
        if each.name is not None and each.name.text != "*":
            _see(found, path, each.name).json |= each.json


def _of_row(found: dict[str, Evidence], use: Use, row: Row) -> None:
    for entry in row.entries:
        seen = _see(found, use.path, entry.name) if not entry.absent else None
        # What a test sends is made up.
        if seen is not None and not use.test:
            seen.values.extend([entry.value] if entry.value is not None else [])
            seen.shapes |= {entry.shape} - {""}


def _see(found: dict[str, Evidence], path: str, name: Name) -> Evidence:
    seen = found.setdefault(name.text, Evidence(name.text))
    seen.places.append(Place(path, name.span))
    return seen
