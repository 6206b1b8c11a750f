"""Sets what the code asks for beside what the schema holds: the one value that every rule looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from analyzer.model.catalog import QUERYABLE, Catalog, Function, Missing, Relation, Replay, Unread
from analyzer.model.domain import DomainFacts
from analyzer.model.facts import CodeFacts, GeneratedTypes, Kind, Name, Reference, TypedRelation, Unresolved
from analyzer.model.inventory import Migration, Skipped
from analyzer.model.record import Record
from analyzer.model.span import Place
from analyzer.postgrest.api import Api
from analyzer.postgrest.plan import Node

DEFAULT_SCHEMA = "public"


class Use(Record, frozen=True):
    """One name that a call may ask for, and what it stands for.

    ``schema`` is the one that the call looks in, None where it can't be known. ``relation`` and ``functions`` are what
    the replayed schema has under the name; None and empty when it has nothing. ``certain`` is False when the call may
    take other names too: such a use shows that a thing is needed, never that it is missing.
    """

    path: str
    reference: Reference
    name: Name
    schema: str | None
    relation: Relation | None = None
    functions: tuple[Function, ...] = ()
    test: bool = False
    certain: bool = True

    @property
    def alone(self) -> bool:
        """True when the call asks for this name and no other, so that all that it says is said of this."""
        return len(self.reference.names) == 1

    @property
    def place(self) -> Place:
        """Where the name is written."""
        return Place(self.path, self.name.span)

    @property
    def qualified(self) -> str:
        """The name with the schema that is looked in."""
        return f"{self.schema or DEFAULT_SCHEMA}.{self.name.text}"


class SkippedCreation(Record, frozen=True):
    """What a file creates that the Supabase CLI passes over, its schema always said."""

    missing: Missing
    place: Place
    reason: str


class Schema(Record, frozen=True):
    """The schema side: the replay, and what the configuration and the generated types add to it.

    ``generated`` are the checked-in generated types by file: hints, never a proof. ``declared`` is what other files
    create that nothing applies, such as the declarative schema beside migrations: hints as well; ``seeded`` is what seeds
    create of tables and functions, for tests alone, and of buckets. ``exposed_known`` is False when other schemas may be
    exposed than are listed.
    ``edge_functions`` are the folders of ``supabase/functions``, and ``functions_beside`` those that may be deployed from
    elsewhere.
    ``intended`` is the replay as it would go if every schema, relation, function and type were there that the migrations need;
    None where they find all of them. ``hints`` are the generated types of projects that may be the same
    database.
    ``model`` is what the documents of the domain model name, by file.
    """

    replay: Replay
    migrations: tuple[Migration, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    skipped_creations: tuple[SkippedCreation, ...] = ()
    exposed: tuple[str, ...] = (DEFAULT_SCHEMA,)
    buckets: frozenset[str] = frozenset()
    generated: Mapping[str, GeneratedTypes] = field(default_factory=dict)
    exposed_known: bool = True
    edge_functions: frozenset[str] = frozenset()
    seeded: Mapping[Missing, Place] = field(default_factory=dict)
    declared: Mapping[Missing, Place] = field(default_factory=dict)
    intended: Replay | None = None
    hints: tuple[GeneratedTypes, ...] = ()
    model: Mapping[str, DomainFacts] = field(default_factory=dict)
    functions_beside: frozenset[str] = frozenset()

    @property
    def typed(self) -> dict[tuple[str, str], Place]:
        """The relations that generated types name, by (schema, name), and where."""
        files = self.generated.items()
        return {name: Place(path, each.span) for path, types in files for name, each in types.relations.items()}

    def typed_alone(self, schema: str, name: str) -> tuple[Place, TypedRelation] | None:
        """The relation in what the generator wrote, where no other SQL holds it; the last file that lists it counts."""
        files = self.generated.items()
        listing = [(path, types) for path, types in files if (schema, name) in types.relations]
        if Missing("relation", schema, name) in self.declared or not all(types.whole for _, types in listing):
            return None
        found = [(path, types.relations[schema, name]) for path, types in listing]
        return next(((Place(path, each.span), each) for path, each in reversed(found)), None)

    def skipped_creation(self, missing: Missing) -> SkippedCreation | None:
        """Where a file that the Supabase CLI passes over creates what is missing, if one does."""
        return next((each for each in self.skipped_creations if each.missing == missing), None)

    def hinted(self, missing: Missing, *, test: bool = False) -> bool:
        """True when the generated types or SQL that nothing applies hold what no migration creates.

        To a ``test`` there is what seeds create, too.
        """
        if test and missing in self.seeded:
            return True
        name = (missing.schema or DEFAULT_SCHEMA, missing.name)
        return missing in self.declared or any(
            _lists(types, missing, name) for types in (*self.generated.values(), *self.hints)
        )


def _lists(types: GeneratedTypes, missing: Missing, name: tuple[str, str]) -> bool:
    if missing.kind == "function":
        return name in types.functions
    relation = types.relations.get(name)
    return relation is not None and (missing.column is None or missing.column in relation.columns)


class Absence(Record, frozen=True):
    """What the code asks for of one kind, by (schema, name): what migrations create or once created, and what none does.

    ``absent`` has the place of the first call. Names in tests, in SQL and among several that may be meant do not count.
    ``shown`` when generated types or other SQL hold some of what is absent, or a migration alters it: it is made by hand.
    """

    created: frozenset[tuple[str, str]]
    absent: Mapping[tuple[str, str], Place]
    shown: bool

    @property
    def most(self) -> bool:
        """True when migrations create less than half of it, a few names that are missing aside."""
        return len(self.absent) >= _MANY and len(self.absent) > len(self.created)


_MANY = 5
_ABSENT: tuple[Literal["table", "function"], ...] = ("table", "function")


class Project(Record, frozen=True):
    """One Supabase root, linked. ``folder`` is the one that holds ``supabase/``, empty for the scanned root.

    ``own`` is False where the schema is held against code that may not be meant for it.
    """

    folder: str
    schema: Schema
    uses: tuple[Use, ...] = ()
    unresolved: tuple[tuple[str, Unresolved], ...] = ()
    api: Api = field(default_factory=lambda: Api(Catalog(), ()))
    own: bool = True
    withheld: list[str] = field(default_factory=list)
    _caused: Counter[int] = field(default_factory=Counter)
    _absences: dict[Kind, tuple[Schema, Absence]] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """The replayed catalogue."""
        return self.schema.replay.catalog

    @property
    def replay(self) -> Replay:
        """How the replay went."""
        return self.schema.replay

    @property
    def intended(self) -> Catalog:
        """The catalogue as the migrations mean it: with the relations that they need and do not find."""
        return self.schema.intended.catalog if self.schema.intended is not None else self.catalog

    @property
    def meant(self) -> Project:
        """The same code, held against the schema as its migrations mean it; how much is made by hand is what was seen of it."""
        intended = self.schema.intended
        if intended is None:
            return self
        schema = replace(self.schema, replay=intended, intended=None)
        uses = tuple(_resolve(intended.catalog, each.path, each.reference, each.name, each.test) for each in self.uses)
        absences = {kind: (schema, self.absence(kind)) for kind in _ABSENT}
        api = Api(intended.catalog, schema.exposed)
        return replace(self, schema=schema, uses=uses, api=api, _caused=Counter(), _absences=absences)

    def caused(self, failure: int) -> int:
        """How many statements fail because of the one at this position of the replay's failures."""
        if not self._caused:
            self._caused.update(each.cause for each in self.replay.failures if each.cause is not None)
        return self._caused[failure]

    def uses_of(self, kind: Kind) -> Iterator[Use]:
        """The uses of one kind, by path and place."""
        return (use for use in self.uses if use.reference.kind == kind)

    def plans(self, use: Use) -> Iterator[Node]:
        """Each select list of a call beside the relations that it reads from."""
        request = use.reference.request
        if request is not None and use.schema is not None:
            for selection in request.selections:
                yield self.api.planner.plan(use.schema, self.rows(use), selection)

    def edges(self, use: Use) -> Iterator[tuple[Node, Node]]:
        """Every embed of a call's select lists with what it is embedded in, as (outer, inner)."""
        request = use.reference.request
        if request is not None and any(each.embeds for each in request.selections):
            for plan in self.plans(use):
                yield from plan.edges()

    def rows(self, use: Use) -> Relation | None:
        """The relation whose rows the call reads: its own, or the one that its functions return rows of."""
        if use.reference.kind != "function":
            return use.relation
        returned = {each.returns.oid if each.returns else None for each in use.functions}
        return self.catalog.relations.get(next(iter(returned)) or 0) if len(returned) == 1 else None

    def doubts(self, name: str, *verbs: str, since: Place | None = None) -> tuple[Unread, ...]:
        """The statements, not understood, that may have done this to the object; only those after ``since``, when it was made."""
        found = tuple(each for each in self.replay.unread if each.explains(name, *verbs))
        if since is None or not found:
            return found
        turns = {migration.path: turn for turn, migration in enumerate(self.schema.migrations)}
        made = (turns.get(since.path, -1), since.span.start)
        return tuple(each for each in found if (turns.get(each.place.path, len(turns)), each.place.span.start) > made)

    def withhold(self, subject: str) -> None:
        """Count something that looks wrong and is not reported, since what was not understood could explain it."""
        self.withheld.append(subject)

    def lost(self, kind: str, schema: str, name: str, part: str | None = None) -> bool:
        """True when a migration creates the object, in a statement that the database refuses.

        ``part`` is a column, or the kind of a constraint.
        """
        return any(
            (made.kind, made.schema, made.name, made.column) == (kind, schema, name, part) for made in self.replay.lost
        )

    def absence(self, kind: Literal["table", "function"]) -> Absence:
        """How much of the tables or functions that the code asks for no migration creates."""
        held, found = self._absences.get(kind, (None, None))
        if found is None or held is not self.schema:  # a copy has the same dictionary, and may have another schema
            found = self._absence(kind)
            self._absences[kind] = (self.schema, found)
        return found

    def made_elsewhere(self, kind: Literal["table", "function"]) -> bool:
        """True when the migrations are not the schema: they create less than half of the tables or functions in use.

        And it shows: without a trace of what was made by hand, what is missing was forgotten. Where they do not make the
        tables, they are not taken to make all functions either.
        """
        most = self.absence("table").most or (kind == "function" and self.absence(kind).most)
        return self.own and most and self.shows_handwork()

    def shows_handwork(self) -> bool:
        """True when something holds or alters a table or function that the code uses and no migration creates."""
        return self.absence("table").shown or self.absence("function").shown

    def _absence(self, kind: Literal["table", "function"]) -> Absence:
        thing: Literal["relation", "function"] = "relation" if kind == "table" else "function"
        created: set[tuple[str, str]] = set()
        absent: dict[tuple[str, str], Place] = {}
        for use in self.uses_of(kind):
            name = (use.schema or DEFAULT_SCHEMA, use.name.text)
            if not use.certain or use.test or "." in use.name.text or name in absent:
                continue
            if use.relation or use.functions or self.catalog.history(thing, *name) or self.lost(thing, *name):
                created.add(name)
            else:
                absent[name] = use.place
        missing = [Missing(thing, *name) for name in absent]
        shown = any(map(self.schema.hinted, missing)) or not self._altered().isdisjoint(missing)
        return Absence(frozenset(created), absent, shown)

    def _altered(self) -> frozenset[Missing]:
        """The tables that a migration alters, though none creates them: whoever wrote it had them before."""
        failures = self.replay.failures
        wants = (each for each in self.replay.wants if not each.source and each.later is None)
        return frozenset(each.missing for each in wants if failures[each.failure].kind == "alter table")

    def wanted(self, schema: str, name: str, column: str | None = None) -> bool:
        """True when a migration needs the relation, or this column of it, and does not find it."""
        missing = Missing("column" if column else "relation", schema, name, column)
        return any(want.missing == missing for want in self.replay.wants)


def link(folder: str, schema: Schema, code: Mapping[str, CodeFacts], tests: Iterable[str] = ()) -> Project:
    """Resolve every reference of the code against the schema; ``code`` is by path, in the order of the report."""
    in_tests = frozenset(tests)
    uses = tuple(use for path, facts in code.items() for use in _uses(schema, path, facts, path in in_tests))
    unresolved = tuple((path, each) for path, facts in code.items() for each in facts.unresolved)
    return Project(folder, schema, uses, unresolved, Api(schema.replay.catalog, schema.exposed))


def against(project: Project, other: Project) -> Project:
    """The code of one project, held against the schema of another."""
    catalog = other.catalog
    uses = tuple(_resolve(catalog, use.path, use.reference, use.name, use.test) for use in project.uses)
    return Project(other.folder, other.schema, uses, project.unresolved, other.api, own=False)


def _uses(schema: Schema, path: str, facts: CodeFacts, test: bool) -> Iterator[Use]:
    for reference in facts.references:
        for name in reference.names:
            yield _resolve(schema.replay.catalog, path, reference, name, test)


def _resolve(catalog: Catalog, path: str, reference: Reference, name: Name, test: bool) -> Use:
    asked = reference.schema.text if reference.schema else DEFAULT_SCHEMA
    schema = asked if reference.schema_known else None
    places = [schema] if schema is not None else [each.name for each in catalog.schemas.values()]
    relation = None
    functions: tuple[Function, ...] = ()
    if reference.kind in ("table", "realtime"):
        relation = next((found for each in places if (found := _relation(catalog, each, name.text))), None)
    elif reference.kind == "function":
        functions = tuple(found for each in places for found in catalog.functions_named(each, name.text))
    return Use(path, reference, name, schema, relation, functions, test, _certain(reference))


def _certain(reference: Reference) -> bool:
    """True when each of its names is surely asked for: there is one, or every caller or turn of a loop is known.

    SQL in the code may run in another database.
    """
    if reference.client == "sql":
        return False
    return len(reference.names) == 1 or all(name.via in ("parameter", "loop") for name in reference.names)


def _relation(catalog: Catalog, schema: str, name: str) -> Relation | None:
    relation = catalog.relation(schema, name)
    return relation if relation is not None and relation.kind in QUERYABLE else None
