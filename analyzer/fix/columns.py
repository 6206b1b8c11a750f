"""What a missing table's columns must be, by everything that is said of them: types and keys, each with where it was seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analyzer.fix.evidence import Evidence
from analyzer.fix.targets import Targets, stems
from analyzer.fix.wording import Wording
from analyzer.link import Project
from analyzer.model.catalog import UNKNOWN_TYPE, Catalog, Relation
from analyzer.model.record import Record
from analyzer.model.request import Constant, Shape
from analyzer.model.span import Place
from analyzer.words import words_of

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_TIMES = "timestamp with time zone"
# What a column can be that the generated types give this type; the first that takes in all the others.
_TYPED = {
    "number": ("numeric", "integer", "bigint", "smallint", "double precision", "real"),
    "boolean": ("boolean",),
    "string": ("text", "uuid", _TIMES, "timestamp without time zone", "date", "character varying"),
    "Json": ("jsonb", "json"),
    "string[]": ("text[]", "uuid[]"),
    "number[]": ("numeric[]", "integer[]"),
}
_UNKNOWN = UNKNOWN_TYPE.name
_LISTS = frozenset(("cs", "cd", "ov"))
_SHAPES: dict[Shape, str] = {
    "text": "text",
    "texts": "text[]",
    "whole": "integer",
    "big": "bigint",
    "number": "numeric",
    "boolean": "boolean",
    "moment": _TIMES,
    "uuid": "uuid",
    "user": "uuid",
    "object": "jsonb",
}
# Of several kinds of value, what takes all: the last that is among them.
_WIDER = (("integer", "bigint", "numeric"), ("date", _TIMES))
# What a column is by its name, where nothing else tells; the first that fits.
_HABITS = (
    (
        re.compile(
            r"^(is|has|can|was|should|allow|notify|requires?)_|[^s]_(enabled|active|done)$"
            r"|^(active|enabled|archived|completed|urgent)$"
        ),
        "boolean",
    ),
    (re.compile(r"(^|_)(at|time|timestamp|deadline|until|expiry|expires)$|(^|_)last_(seen|login|active)$"), _TIMES),
    (re.compile(r"^(last|next)_\w+_(at|on)$|(^|_)(period|trial)_(start|end)$"), _TIMES),
    (re.compile(r"(^|_)(date|on|day)$"), "date"),
    # What may outgrow an integer.
    (re.compile(r"(^|_)(counts?|counter|size|bytes|seconds|millis|milliseconds|ms|tokens|usage)$"), "bigint"),
    (
        re.compile(r"(^|_)(quantity|position|sort_order|year|month|index|minutes|hours|days|attempts|rank)$"),
        "integer",
    ),
    (
        re.compile(
            r"(^|_)(price|amount|total|subtotal|cost|rate|score|salary|balance|latitude|longitude|revenue|rating|percentile)$"
            r"|(^|_)(kg|km|cm|mm|pct|percent|percentage|usd|eur|ratio|weight|width|height|distance)$|^total_|^(lat|lng|lon)$"
        ),
        "numeric",
    ),
    (re.compile(r"(^|_)(metadata|settings|config|payload|data|options|preferences|breakdown|jsonb?)$"), "jsonb"),
    (re.compile(r"(^|_)tags$"), "text[]"),
)


class Guess(Record, frozen=True):
    """A column as it probably is. ``target`` is what it refers to; ``seen`` is False where nothing told the type,
    and ``typed`` True where the generated types have it."""

    name: str
    type: str
    target: Relation | None = None
    seen: bool = True
    typed: bool = False
    places: tuple[Place, ...] = ()


class Guesser:
    """Guesses types by what the schema has already, then by values, then by what SQL does, then by habits of naming.

    ``table`` is the one whose columns they are, and ``tables`` are the others.
    """

    def __init__(
        self, project: Project, table: str, tables: Iterable[Relation], wording: Wording | None = None
    ) -> None:
        self._project = project
        self._tables = [each for each in tables if each.kind in ("table", "partitioned_table")]
        self._wording = wording or Wording((), "")
        self._targets = Targets(project, table, self._tables, self._wording)
        asked = (use.name.text for use in project.uses_of("table") if use.relation is None and use.certain)
        self._missing = {words_of(name) for name in asked}

    def guess(self, seen: Evidence) -> Guess:
        """The column as it probably is."""
        places = tuple(seen.places)
        target = self._target(seen)
        if target is not None:
            return Guess(seen.name, self.key_type(target), target, places=places)
        habit = _by_habit(seen.name)
        fits = _TYPED.get(seen.typed)
        told = _told(seen)
        told = habit if told == "integer" and habit in ("numeric", "bigint") else told
        likely = (
            told,
            self._wording.type_of(seen.name),
            self._elsewhere(seen.name),
            self._of_missing(seen.name),
            habit,
        )
        kind = next((each for each in likely if each is not None and (fits is None or each in fits)), None)
        kind = kind or (fits[0] if fits else None)
        return Guess(seen.name, kind or "text", seen=kind is not None, typed=bool(seen.typed), places=places)

    def key_type(self, relation: Relation) -> str:
        """The type of a table's own key; what is created too late for its users has one, too."""
        catalog = self._project.intended
        late = self._project.catalog.relation(catalog.schema_of(relation), relation.name)
        spelt = (_key_of(catalog, relation), _key_of(self._project.catalog, late))
        return next((each for each in spelt if each != _UNKNOWN), "uuid")

    def usual_key(self) -> str:
        """The type that the keys of the schema's own tables mostly have."""
        own = (each for each in self._tables if not each.managed and each.primary_key is not None)
        kinds = Counter(map(self.key_type, own))
        return kinds.most_common(1)[0][0] if kinds else "uuid"

    def _target(self, seen: Evidence) -> Relation | None:
        """What the column refers to, unless it is given what could be no key of that."""
        people = self._targets.users() if "user" in seen.shapes else self._targets.person(seen.name)
        target = self._targets.named(seen.refers) or self._targets.of(seen.name) or people
        return target if target is None or seen.refers or _could_be(seen, self.key_type(target)) else None

    def _elsewhere(self, name: str) -> str | None:
        """The type that most columns of this name have in the schema; how long a text may be is the other table's own."""
        spelt = Counter(
            _unbounded(self._project.intended.spell(column.type))
            for relation in self._tables
            if (column := relation.column(name)) is not None and column.type.oid is None and column.type != UNKNOWN_TYPE
        )
        return spelt.most_common(1)[0][0] if spelt else None

    def _of_missing(self, name: str) -> str | None:
        """The type that the key has of a table that is missing, too, or of one whose name ends alike."""
        if (alike := self._targets.alike(name)) is not None:
            return self.key_type(alike)
        named = any(missing[-len(each) :] == each for each in stems(name) for missing in self._missing)
        return self.usual_key() if named else None


def _unbounded(kind: str) -> str:
    base = kind.partition("(")[0]
    return "text" if base in ("character varying", "character") else base if base == "numeric" else kind


def _key_of(catalog: Catalog, relation: Relation | None) -> str:
    if relation is None:
        return _UNKNOWN
    key = relation.primary_key
    column = relation.numbered(key.columns[0]) if key is not None and len(key.columns) == 1 else None
    column = column or relation.column("id")
    return catalog.spell(column.type) if column is not None else _UNKNOWN


def _told(seen: Evidence) -> str | None:
    """The type that takes all that the column is given, or held against."""
    if seen.operators & _LISTS:
        return "text[]"
    kinds = {kind for value in seen.values if (kind := _type_of(value)) is not None}
    kinds |= {_SHAPES[each] for each in seen.shapes}
    if seen.json or "jsonb" in kinds:
        return "jsonb"
    for wider in _WIDER:
        if kinds and kinds <= set(wider):
            return max(kinds, key=wider.index)
    return kinds.pop() if len(kinds) == 1 else "text" if kinds else None


def _could_be(seen: Evidence, key: str) -> bool:
    """False where a value is written out that is no key of this type."""
    kinds = {_type_of(value) for value in seen.values} - {None}
    return all(kind == key or {kind, key} <= set(_WIDER[0]) for kind in kinds)


def _by_habit(name: str) -> str | None:
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
            return _TIMES if len(value.text) > 10 else "date"
        return "text"
    return None
