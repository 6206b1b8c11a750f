"""What a table's columns must be, from everything that asks for them: names, types, keys, each with where it was seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analyzer.fix.wording import Wording
from analyzer.link import Project, Use
from analyzer.model.catalog import UNKNOWN_TYPE, Catalog, Column, Constraint, Relation
from analyzer.model.record import Record
from analyzer.model.request import Constant, Name, Row, Selection, embeds
from analyzer.model.span import Place
from analyzer.words import words_of

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
# What a column can be that the generated types give this type; the first that takes in all the others.
_TYPED = {
    "number": ("numeric", "integer", "bigint", "smallint", "double precision", "real"),
    "boolean": ("boolean",),
    "string": ("text", "uuid", "timestamp with time zone", "timestamp without time zone", "date", "character varying"),
    "Json": ("jsonb", "json"),
    "string[]": ("text[]", "uuid[]"),
    "number[]": ("numeric[]", "integer[]"),
}
_UNKNOWN = UNKNOWN_TYPE.name
_LISTS = frozenset(("cs", "cd", "ov"))
# What a column is by its name, where nothing else tells; the first that fits.
_HABITS = (
    (re.compile(r"(^|_)(at|time|timestamp)$|^(last|next)_\w+_(at|on)$"), "timestamp with time zone"),
    (re.compile(r"(^|_)(date|on|day)$"), "date"),
    (
        re.compile(r"^(is|has|can|was|should|allow)_|_(enabled|active|done)$|^(active|enabled|archived|completed)$"),
        "boolean",
    ),
    (re.compile(r"(^|_)(count|quantity|position|sort_order|year|month|number|index|seconds|minutes)$"), "integer"),
    (re.compile(r"(^|_)(price|amount|total|cost|rate|score|salary|balance|value|latitude|longitude)$"), "numeric"),
    (re.compile(r"(^|_)(metadata|settings|config|payload|data|options|preferences)$"), "jsonb"),
    (re.compile(r"(^|_)tags$"), "text[]"),
)


@dataclass(slots=True)
class Evidence:
    """What was seen of one column."""

    name: str
    places: list[Place] = field(default_factory=list)
    values: list[Constant] = field(default_factory=list)
    operators: set[str] = field(default_factory=set)
    json: bool = False
    typed: str = ""


class Guess(Record, frozen=True):
    """A column as it probably is. ``target`` is what it refers to; ``seen`` is False where nothing told the type,
    and ``typed`` True where the generated types have it."""

    name: str
    type: str
    target: Relation | None = None
    seen: bool = True
    typed: bool = False
    places: tuple[Place, ...] = ()


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


def _of_call(found: dict[str, Evidence], use: Use) -> None:
    request = use.reference.request
    if request is None:
        return
    for selection in request.selections:
        _of_selection(found, use.path, selection)
    for filter_ in request.filters:
        if not filter_.path and not filter_.alternative | (filter_.operator == "unknown"):
            seen = _see(found, use.path, filter_.column)
            seen.json |= filter_.json
            seen.values.extend(filter_.values if filter_.operator != "is" else ())
            seen.operators.add(filter_.operator)
    for order in request.orders:
        if not order.path and not order.related:
            _see(found, use.path, order.column).json |= order.json
    for row in request.payload.rows if request.payload is not None else ():
        _of_row(found, use.path, row)
    for name in request.conflict or ():
        _see(found, use.path, name)


def _of_selection(found: dict[str, Evidence], path: str, selection: Selection) -> None:
    for each in selection.fields:
        if each.name is not None and each.name.text != "*":
            _see(found, path, each.name).json |= each.json


def _of_row(found: dict[str, Evidence], path: str, row: Row) -> None:
    for entry in row.entries:
        if not entry.absent:
            seen = _see(found, path, entry.name)
            seen.values.extend([entry.value] if entry.value is not None else [])


def _see(found: dict[str, Evidence], path: str, name: Name) -> Evidence:
    seen = found.setdefault(name.text, Evidence(name.text))
    seen.places.append(Place(path, name.span))
    return seen


# --- types ------------------------------------------------------------------------------------------------------------


class Guesser:
    """Guesses types by what the schema has already, then by values, then by what SQL does, then by habits of naming."""

    def __init__(self, project: Project, tables: Iterable[Relation], wording: Wording | None = None) -> None:
        self._project = project
        self._tables = [each for each in tables if each.kind in ("table", "partitioned_table")]
        # Of what Supabase ships only its users are what others name their columns after; one's own come first.
        named = [each for each in self._tables if not each.managed or self._is_of_auth(each)]
        self._by_words = {words_of(each.name): each for each in sorted(named, key=lambda each: not each.managed)}
        self._wording = wording or Wording((), "")

    def _is_of_auth(self, relation: Relation) -> bool:
        return (self._project.intended.schema_of(relation), relation.name) == ("auth", "users")

    def guess(self, seen: Evidence) -> Guess:
        """The column as it probably is."""
        places = tuple(seen.places)
        target = self._target(seen.name)
        if target is not None:
            return Guess(seen.name, self.key_type(target), target, places=places)
        told = self._told(seen)
        fits = _TYPED.get(seen.typed)
        likely = (told, self._wording.type_of(seen.name), self._elsewhere(seen.name), self._by_habit(seen.name))
        kind = next((each for each in likely if each is not None and (fits is None or each in fits)), None)
        kind = kind or (fits[0] if fits else None)
        return Guess(seen.name, kind or "text", seen=kind is not None, typed=bool(seen.typed), places=places)

    def key_type(self, relation: Relation) -> str:
        """The type of a table's own key; what is created too late for its users has one, too."""
        catalog = self._project.intended
        late = self._project.catalog.relation(catalog.schema_of(relation), relation.name)
        spelt = (self._key_of(catalog, relation), self._key_of(self._project.catalog, late))
        return next((each for each in spelt if each != _UNKNOWN), "uuid")

    def _key_of(self, catalog: Catalog, relation: Relation | None) -> str:
        if relation is None:
            return _UNKNOWN
        key = relation.primary_key
        column = relation.numbered(key.columns[0]) if key is not None and len(key.columns) == 1 else None
        column = column or relation.column("id")
        return catalog.spell(column.type) if column is not None else _UNKNOWN

    def _target(self, name: str) -> Relation | None:
        """What a column of this name refers to elsewhere in the schema, else the table that it is named after."""
        targets = Counter(key.target for _, _, key in self._keys_named(name) if key.target is not None)
        for oid, _ in targets.most_common(1):
            return self._project.intended.relations.get(oid)
        compared = self._wording.target_of(name)
        if compared is not None and (found := next((each for each in self._tables if each.name == compared), None)):
            return found
        words = words_of(name)
        return self._by_words.get(words[:-1]) if words[-1:] == ("id",) else None

    def _keys_named(self, name: str) -> Iterator[tuple[Relation, Column, Constraint]]:
        for relation in self._tables:
            column = relation.column(name)
            for key in relation.constraints if column is not None else ():
                if column is not None and key.kind == "foreign key" and key.columns == (column.number,):
                    yield relation, column, key

    def _told(self, seen: Evidence) -> str | None:
        if seen.operators & _LISTS:
            return "text[]"
        if seen.json:
            return "jsonb"
        kinds = {kind for value in seen.values if (kind := _type_of(value)) is not None}
        if kinds == {"integer", "numeric"}:
            return "numeric"
        return kinds.pop() if len(kinds) == 1 else "text" if kinds else None

    def _elsewhere(self, name: str) -> str | None:
        """The type that most columns of this name have in the schema."""
        spelt = Counter(
            self._project.intended.spell(column.type)
            for relation in self._tables
            if (column := relation.column(name)) is not None and column.type.oid is None and column.type != UNKNOWN_TYPE
        )
        return spelt.most_common(1)[0][0] if spelt else None

    def _by_habit(self, name: str) -> str | None:
        if words_of(name)[-1:] == ("id",):
            return "uuid"
        return next((kind for pattern, kind in _HABITS if pattern.search(name.lower())), None)


def _type_of(value: Constant) -> str | None:
    if value.sort == "boolean":
        return "boolean"
    if value.sort == "number":
        return "integer" if re.fullmatch(r"-?\d{1,9}", value.text) else "numeric"
    if value.sort == "string":
        if _UUID.fullmatch(value.text):
            return "uuid"
        if _MOMENT.fullmatch(value.text):
            return "timestamp with time zone" if len(value.text) > 10 else "date"
        return "text"
    return None
