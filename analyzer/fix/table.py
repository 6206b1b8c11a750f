"""The migration that makes a missing table, as far as its users show what it has to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.fix.columns import Guess, Guesser, evidence_of
from analyzer.fix.names import quoted
from analyzer.link import Project, Use
from analyzer.model.catalog import Function, Relation
from analyzer.model.span import Place

Said = Callable[[Place], str]
_OWNERS = ("user_id", "owner_id", "author_id", "created_by", "profile_id")
_FIRST, _LAST = ("id",), ("created_at", "updated_at")
_PLACES = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A table that is to be made in the default schema. ``there`` are the relations that are there when it is."""

    project: Project
    name: str
    there: Sequence[Relation]
    said: Said

    @property
    def qualified(self) -> str:
        """Its name with the schema."""
        return f"public.{quoted(self.name)}"

    def render(self, header: Iterable[str]) -> str:
        """The migration."""
        columns = self.columns()
        parts = [
            "\n".join(f"-- {line}".rstrip() for line in header),
            self._table(columns),
            *self._indexes(columns),
            f"alter table {self.qualified} enable row level security;",
            *self._policies(columns),
            *self._grants(),
            *self._trigger(columns),
        ]
        return "\n\n".join(parts) + "\n"

    # --- columns ------------------------------------------------------------------------------------------------------

    def columns(self) -> list[Guess]:
        """The columns in the order of a table: the key, what refers to others, the rest, the times."""
        guesser = Guesser(self.project, self.there)
        found = {name: guesser.guess(seen) for name, seen in evidence_of(self.project, self.name).items()}
        places = found["id"].places if "id" in found else ()
        found["id"] = Guess("id", self._key_type(guesser), places=places)
        for name in _LAST if self._toucher() is not None else _LAST[:1]:
            found.setdefault(name, Guess(name, "timestamp with time zone"))
        oids = {each.oid for each in self.there}
        return sorted((_without(each, oids) for each in found.values()), key=_order)

    def _key_type(self, guesser: Guesser) -> str:
        """The type of what refers to it; else what the schema's keys mostly are."""
        kinds: Counter[str] = Counter()
        for relation in self.project.intended.relations.values():
            for key in relation.constraints:
                target = self.project.intended.relations.get(key.target or 0)
                column = relation.numbered(key.columns[0]) if key.kind == "foreign key" and key.columns else None
                if target is not None and column is not None and target.name == self.name:
                    kinds[self.project.intended.spell(column.type)] += 1
        if not kinds:
            kinds.update(
                guesser.key_type(each) for each in self.there if each.primary_key is not None and not each.managed
            )
        return kinds.most_common(1)[0][0] if kinds else "uuid"

    def _table(self, columns: Sequence[Guess]) -> str:
        lines = [self._column(column) for column in columns]
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

    def _column(self, column: Guess) -> tuple[str, str]:
        text = f"{quoted(column.name)} {_short(column.type)}"
        if column.name == "id":
            text += _KEY_DEFAULT.get(column.type, "") + " primary key"
        elif column.name in _LAST and column.type.startswith("timestamp"):
            text += " not null default now()"
        elif column.target is not None:
            text += f" references {self._target(column.target)}"
        return text, self._note(column)

    def _target(self, target: Relation) -> str:
        key = target.primary_key
        names = target.names_of(key.columns) if key is not None else ("id",)
        cascade = " on delete cascade" if target.managed or target.name in ("profiles", "users") else ""
        schema = self.project.intended.schema_of(target)
        return f"{quoted(schema)}.{quoted(target.name)} ({', '.join(map(quoted, names or ('id',)))}){cascade}"

    def _note(self, column: Guess) -> str:
        seen = list(dict.fromkeys(map(self.said, column.places)))
        more = f" and {len(seen) - _PLACES} more" if len(seen) > _PLACES else ""
        where = f"{', '.join(seen[:_PLACES])}{more}" if seen else ""
        doubt = "" if column.seen else "type not seen; "
        return f"{doubt}{where}".strip("; ")

    # --- what goes with it --------------------------------------------------------------------------------------------

    def _indexes(self, columns: Sequence[Guess]) -> Iterator[str]:
        names = [each.name for each in columns if each.target is not None and each.name != "id"]
        if names:
            yield "\n".join(
                f"create index {quoted(f'{self.name}_{name}_idx'[:63])} on {self.qualified} ({quoted(name)});"
                for name in names
            )

    def owner(self, columns: Sequence[Guess]) -> Guess | None:
        """The column that says whose row it is: a user, or a profile that has the user's id."""
        for column in columns:
            if (
                column.name in _OWNERS
                and column.type == "uuid"
                and column.target is not None
                and self._is_user(column.target)
            ):
                return column
        return None

    def _is_user(self, target: Relation) -> bool:
        catalog = self.project.intended
        if (catalog.schema_of(target), target.name) == ("auth", "users"):
            return True
        key = target.primary_key
        keys = (
            each for each in target.constraints if each.kind == "foreign key" and key and each.columns == key.columns
        )
        users = (catalog.relations.get(each.target or 0) for each in keys)
        return any(each is not None and (catalog.schema_of(each), each.name) == ("auth", "users") for each in users)

    def _policies(self, columns: Sequence[Guess]) -> Iterator[str]:
        owner = self.owner(columns)
        if owner is None:
            yield (
                "-- No column shows whose rows these are, so only the service role gets through. To let users read:\n"
                f'-- create policy "Signed-in users read" on {self.qualified} for select to authenticated using (true);'
            )
            return
        mine = f"(select auth.uid()) = {quoted(owner.name)}"
        yield (
            f'create policy "Rows belong to their user" on {self.qualified}\n'
            f"  for all to authenticated using ({mine}) with check ({mine});"
        )

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
                f"  for each row execute function {self.project.catalog.qualified(function)}();"
            )

    def _toucher(self) -> Function | None:
        """The function by which the project's own tables keep ``updated_at``, if there is one by then."""
        catalog = self.project.catalog
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
_SHORT = {"timestamp with time zone": "timestamptz", "character varying": "varchar"}


def _short(kind: str) -> str:
    return _SHORT.get(kind, kind)


def _without(column: Guess, there: set[int]) -> Guess:
    """The column without its key where that points at a table which is not there yet."""
    if column.target is None or column.target.oid in there:
        return column
    return replace(column, target=None)


def _order(column: Guess) -> tuple[int, str]:
    if column.name in _FIRST:
        return 0, ""
    if column.name in _LAST:
        return 3, column.name
    return (1 if column.target is not None else 2), ""
