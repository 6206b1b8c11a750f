"""The migration that makes a missing table, as far as its users show what it has to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import field
from msgspec.structs import replace

from analyzer.fix.columns import Guess, Guesser
from analyzer.fix.evidence import Evidence, always_given, embedded, evidence_of
from analyzer.fix.names import quoted
from analyzer.fix.policies import Owners, past_policies
from analyzer.fix.wording import Wording
from analyzer.link import Project, Use
from analyzer.model.catalog import UNKNOWN_TYPE, Function, Relation
from analyzer.model.record import Record
from analyzer.model.span import Place
from analyzer.reporter import visible
from analyzer.rules.not_published import PUBLICATION
from analyzer.words import words_of

Said = Callable[[Place], str]
_FIRST, _LAST = ("id",), ("created_at", "updated_at")
_PLACES = 3


class Draft(Record, frozen=True):
    """A table that is to be made in the default schema.

    ``project`` is what asks for it, ``world`` the same once it is there, and ``there`` the relations of it that are
    there by then. ``needed`` are the columns that migrations ask for.
    """

    project: Project
    world: Project
    name: str
    there: Sequence[Relation]
    said: Said
    needed: Mapping[str, Sequence[Place]] = field(default_factory=dict)
    wording: Wording | None = None

    @property
    def qualified(self) -> str:
        """Its name with the schema."""
        return f"public.{quoted(self.name)}"

    def render(self, header: Iterable[str]) -> str:
        """The migration."""
        columns = self.columns()
        parts = [
            "\n".join(f"-- {visible(line)}".rstrip() for line in header),
            self._table(columns),
            *self._indexes(columns),
            f"alter table {self.qualified} enable row level security;",
            *self.owners().policies(columns),
            *past_policies(self.project, self.project.intended.relation("public", self.name)),
            *self._grants(),
            *self._trigger(columns),
            *self._publication(),
        ]
        return "\n\n".join(parts) + "\n"

    # --- columns ------------------------------------------------------------------------------------------------------

    def columns(self) -> list[Guess]:
        """The columns in the order of a table: the key, what refers to others, the rest, the times."""
        own = [each for each in self.world.intended.relations.values() if each.name != self.name]
        guesser = Guesser(self.world, self.name, own, self.wording)
        evidence = evidence_of(self.project, self.name)
        for name, where in self.needed.items():
            evidence.setdefault(name, Evidence(name)).places.extend(where)
        for name in self.wording.columns() if self.wording is not None else ():
            evidence.setdefault(name, Evidence(name))
        found = {name: guesser.guess(seen) for name, seen in evidence.items()}
        places = found["id"].places if "id" in found else ()
        found["id"] = Guess("id", self._key_type(guesser), places=places)
        found |= self._above(found)
        for name in _LAST if self._toucher() is not None else _LAST[:1]:
            found.setdefault(name, Guess(name, "timestamp with time zone"))
        found |= self._embedded(guesser, found)
        found = {name: _of_day(each, found) for name, each in found.items()}
        oids = {each.oid for each in self.there} | {each.oid for each in self._itself()}
        return sorted((_without(each, oids) for each in found.values()), key=_order)

    def _itself(self) -> list[Relation]:
        """The table in the world where it is there."""
        found = self.world.intended.relation("public", self.name)
        return [found] if found is not None else []

    def _above(self, found: Mapping[str, Guess]) -> dict[str, Guess]:
        """The row above in a tree is one of the same table."""
        names = ("parent_id", "_".join(("parent", *words_of(self.name), "id")))
        return {
            name: replace(found[name], type=found["id"].type, target=own, seen=True)
            for own in self._itself()
            for name in names
            if name in found and found[name].target is None
        }

    def _embedded(self, guesser: Guesser, found: Mapping[str, Guess]) -> dict[str, Guess]:
        """The keys without which what calls embed could not be embedded, where no column is named that could be one."""
        named = {each.name: each for each in self.there}
        refers = {each.target.name for each in found.values() if each.target is not None}
        keys: dict[str, Guess] = {}
        for name, where in embedded(self.project, self.name).items():
            target = named.get(name)
            if target is not None and name not in refers and not self._is_referred_to(target):
                column = "_".join((*words_of(name), "id"))
                keys[column] = Guess(column, guesser.key_type(target), target, places=tuple(where))
        return keys

    def _is_referred_to(self, other: Relation) -> bool:
        """True where the other table refers to this one, or has a column that is named after it."""
        mine = words_of(self.name)
        names = {each.name for each in other.columns} | set(evidence_of(self.project, other.name))
        return any(words_of(name) == (*mine, "id") for name in names)

    def skeleton(self) -> str:
        """The table with its key alone."""
        kind = self._key_type(Guesser(self.project, self.name, self.project.intended.relations.values()))
        return f"create table {self.qualified} (id {_short(kind)}{_KEY_DEFAULT.get(kind, '')} primary key);\n"

    def _key_type(self, guesser: Guesser) -> str:
        """The type of what refers to it; else what the schema's keys mostly are."""
        kinds: Counter[str] = Counter()
        for relation in self.project.intended.relations.values():
            for key in relation.constraints:
                target = self.project.intended.relations.get(key.target or 0)
                column = relation.numbered(key.columns[0]) if key.kind == "foreign key" and key.columns else None
                if target is not None and column is not None and target.name == self.name:
                    kinds[self.project.intended.spell(column.type)] += 1
        kinds.pop(UNKNOWN_TYPE.name, None)
        return kinds.most_common(1)[0][0] if kinds else guesser.usual_key()

    def _table(self, columns: Sequence[Guess]) -> str:
        owner, given = self.owners().owner(columns), always_given(self.project, self.name)
        needed = {name for key in self._conflicts() for name in key} | ({owner.name} if owner is not None else set())
        lines = [self._column(column, needed=column.name in needed & given) for column in columns]
        lines += [(f"unique ({', '.join(map(quoted, key))})", "upserts name it") for key in self._conflicts()]
        body = "\n".join(
            f"  {text}{',' if number < len(lines) else ''}{f'  -- {note}' if note else ''}"
            for number, (text, note) in enumerate(lines, 1)
        )
        return f"create table {self.qualified} (\n{body}\n);"

    def _conflicts(self) -> list[tuple[str, ...]]:
        """The columns by which upserts tell rows apart."""
        asked = (use.reference.request for use in self._calls())
        keys = {tuple(name.text for name in request.conflict) for request in asked if request and request.conflict}
        return sorted(keys - {("id",)})

    def _calls(self) -> Iterator[Use]:
        return (use for use in self.project.uses_of("table") if use.name.text == self.name and use.relation is None)

    def _column(self, column: Guess, *, needed: bool = False) -> tuple[str, str]:
        text = f"{quoted(column.name)} {_short(column.type)}"
        if column.name == "id":
            text += _KEY_DEFAULT.get(column.type, "") + " primary key"
        elif column.name in _LAST and column.type.startswith("timestamp"):
            text += " not null default now()"
        elif needed:
            text += " not null"
        if column.target is not None and column.name != "id":
            text += f" references {self._target(column.target, needed)}"
        return text, self._note(column)

    def _target(self, target: Relation, needed: bool) -> str:
        key = target.primary_key
        names = target.names_of(key.columns) if key is not None else ("id",)
        action = self._on_delete(target)
        cascade = "" if action == "no action" else f" on delete {'cascade' if needed else action}"
        schema = self.world.intended.schema_of(target)
        return f"{quoted(schema)}.{quoted(target.name)} ({', '.join(map(quoted, names or ('id',)))}){cascade}"

    def _on_delete(self, target: Relation) -> str:
        """What the schema's other keys to the table mostly do; the rows of a user go with the user."""
        keys = (
            key.on_delete
            for relation in self.world.intended.relations.values()
            for key in relation.constraints
            if key.kind == "foreign key" and key.target == target.oid and not relation.managed
        )
        usual = Counter(keys).most_common(1)
        own = target.managed or target.name in ("profiles", "users")
        return usual[0][0] if usual else "cascade" if own else "no action"

    def _note(self, column: Guess) -> str:
        seen = list(dict.fromkeys(map(self.said, column.places)))
        more = f" and {len(seen) - _PLACES} more" if len(seen) > _PLACES else ""
        where = f"{', '.join(seen[:_PLACES])}{more}" if seen else "in the generated types" * column.typed
        doubt = "" if column.seen else "type not seen; "
        return f"{doubt}{where}".strip("; ")

    # --- what goes with it --------------------------------------------------------------------------------------------

    def _indexes(self, columns: Sequence[Guess]) -> Iterator[str]:
        led = {key[0] for key in self._conflicts()}
        names = [each.name for each in columns if each.target is not None and each.name not in {"id", *led}]
        if names:
            yield "\n".join(
                f"create index {quoted(f'{self.name}_{name}_idx'[:63])} on {self.qualified} ({quoted(name)});"
                for name in names
            )

    def owners(self) -> Owners:
        """Who owns the rows."""
        return Owners(self.world, self.name, self._planned_owner)

    def _planned_owner(self, table: Relation) -> str | None:
        """The owner in a table that is made along with this one, and of which nothing else is there yet."""
        if len(table.columns) > 1:
            return None
        planned = Draft(self.project, self.world, table.name, self.there, self.said)
        owner = planned.owners().owner(planned.columns())
        return owner.name if owner is not None else None

    def _grants(self) -> Iterator[str]:
        own = [
            each for each in self.project.catalog.relations.values() if each.place is not None and each.kind == "table"
        ]
        granted = [each for each in own if self.project.catalog.may(each.oid, "authenticated", "select") is True]
        if own and len(granted) * 2 > len(own):
            yield (
                f"grant select, insert, update, delete on {self.qualified} to authenticated;\n"
                f"grant all on {self.qualified} to service_role;"
            )

    def _trigger(self, columns: Sequence[Guess]) -> Iterator[str]:
        if any(each.name == "updated_at" for each in columns) and (function := self._toucher()) is not None:
            yield (
                f"create trigger {quoted(f'{self.name}_set_updated_at'[:63])}\n  before update on {self.qualified}\n"
                f"  for each row execute function {self.world.catalog.qualified(function)}();"
            )

    def _publication(self) -> Iterator[str]:
        """So that those who listen to the table hear of its changes."""
        heard = any(use.name.text == self.name and use.certain for use in self.project.uses_of("realtime"))
        publication = self.world.catalog.publications.get(PUBLICATION)
        if heard and publication is not None and not publication.all_tables:
            yield f"alter publication {PUBLICATION} add table {self.qualified};"

    def _toucher(self) -> Function | None:
        """The function by which the project's own tables keep ``updated_at``, if there is one by then."""
        catalog = self.world.catalog
        uses = Counter(
            trigger.function
            for relation in self.there
            for trigger in relation.triggers
            if trigger.timing == "before" and trigger.events == ("update",)
        )
        for oid, _ in uses.most_common():
            function = catalog.functions.get(oid)
            if function is not None and function.body is not None and "updated_at" in function.body.names:
                return function
        return None


_KEY_DEFAULT = {
    "uuid": " default gen_random_uuid()",
    "bigint": " generated by default as identity",
    "integer": " generated by default as identity",
}
_SHORT = {"time without time zone": "time", "timestamp with time zone": "timestamptz", "character varying": "varchar"}


def _short(kind: str) -> str:
    return _SHORT.get(kind, kind)


def _without(column: Guess, there: set[int]) -> Guess:
    """The column without its key where that points at a table which is not there yet."""
    if column.target is None or column.target.oid in there:
        return column
    return replace(column, target=None)


def _of_day(column: Guess, found: Mapping[str, Guess]) -> Guess:
    """A time of the day where the day stands in a column of its own: ``starts_time`` beside ``starts_date``, or ``date``."""
    stem = column.name.removesuffix("time")
    if stem == column.name or column.type != "timestamp with time zone":
        return column
    days = (found.get(f"{stem}date"), found.get("date"))
    day = any(each is not None and each.type == "date" for each in days)
    return replace(column, type="time without time zone") if day else column


def _order(column: Guess) -> tuple[int, str]:
    if column.name in _FIRST:
        return 0, ""
    if column.name in _LAST:
        return 3, column.name
    return (1 if column.target is not None else 2), ""
