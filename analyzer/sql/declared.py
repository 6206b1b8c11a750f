"""What an ORM's files declare, as the events that would make it: so the replay, and all that follows, is the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from analyzer.model.declaration import Declarations, DeclaredColumn, DeclaredEnum, DeclaredKey, DeclaredTable
from analyzer.model.events import (
    AddConstraint,
    AlterTable,
    ColumnDef,
    ConstraintDef,
    CreateIndex,
    CreateSchema,
    CreateTable,
    CreateType,
    CreateView,
    Event,
    Gap,
    Ref,
    SetRls,
    SqlFacts,
    Statement,
    Text,
    TypeRef,
)
from analyzer.model.span import Span
from analyzer.sql.base import shipped_tables
from analyzer.sql.script import Script

V = TypeVar("V")

_HIDDEN = frozenset(("create", "table", "view"))
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FOREIGN_KEY = "foreign key"
_LONGEST, _DEEPEST = 63, 8

Made = tuple[str, str, Event, Span]
"""A file, the kind of statement, what it does, and where that is said."""


@dataclass(slots=True)
class _Table:
    """A table with its names resolved; ``columns`` are by key, each with its name."""

    path: str
    declared: DeclaredTable
    ref: Ref
    columns: dict[str, DeclaredColumn] = field(default_factory=dict)
    keys: list[DeclaredKey] = field(default_factory=list)
    open: bool = False

    def names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of columns by their keys; empty when one is not known."""
        found = [self.columns[key].name for key in keys if key in self.columns]
        return tuple(name for name in found if name) if len(found) == len(tuple(keys)) else ()

    def is_unique(self, keys: Iterable[str]) -> bool:
        """True when a key is over just these columns, or may be."""
        wanted = set(keys)
        return self.open or any(set(each.keys) == wanted for each in self.keys if each.kind != "foreign key")


def declared_scripts(files: Mapping[str, Declarations]) -> tuple[Script, ...]:
    """Scripts that make what the files declare, in an order in which nothing is needed before it is there.

    What cannot be told is left out, and leaves its table open; a table that Supabase ships is not made again.
    """
    schema = _Schema(files)
    scripts: list[Script] = []
    for phase in (schema.schemas(), schema.types(), schema.relations(), schema.keys(), schema.gaps()):
        by_path: dict[str, list[Statement]] = {}
        for path, kind, event, span in phase:
            by_path.setdefault(path, []).append(Statement(kind, span, event))
        scripts.extend(Script(path, "", SqlFacts(tuple(made))) for path, made in by_path.items())
    return tuple(scripts)


class _Schema:
    """All files together. What goes by a handle is looked for in the same file, then in all of them."""

    def __init__(self, files: Mapping[str, Declarations]) -> None:
        self.files = files
        self._casing = _one(file.casing for file in files.values() if file.casing)
        self._makers = {(path, handle): each for path, file in files.items() for handle, each in file.makers.items()}
        self._groups = {(path, handle): each for path, file in files.items() for handle, each in file.groups.items()}
        self._types = {(path, handle): True for path, file in files.items() for handle in file.types}
        self._enums = {(path, each.handle): each for path, file in files.items() for each in file.enums}
        declared = [(path, each) for path, file in files.items() for each in file.tables]
        named = [(path, each, ref) for path, each in declared if (ref := self._ref(path, each))]
        self._declared = {(path, each.handle): each for path, each in declared}
        self._refs = {(path, each.handle): (ref.schema, ref.name) for path, each, ref in named}
        self._unnamed = len(named) < len(declared)
        self._tables: dict[tuple[str | None, str], _Table] = {}
        self._shipped = shipped_tables()
        for path, each, ref in named:
            if self._shipped.relation(ref.schema or "public", ref.name) is None:
                self._enter(self._table(path, each, ref))
        self._between = [made for each in self._tables.values() for made in self._keys_of(each)]

    # --- in order -----------------------------------------------------------------------------------------------------

    def schemas(self) -> Iterator[Made]:
        """Every schema that something stands in."""
        enums = ((path, ref) for (path, _), each in self._enums.items() if (ref := self._ref(path, each)))
        for path, ref in (*((each.path, each.ref) for each in self._tables.values()), *enums):
            if ref.schema:
                yield path, "create schema", CreateSchema(ref.schema, ref.span, if_not_exists=True), ref.span

    def types(self) -> Iterator[Made]:
        """Every enum with labels that are known; one that two files declare, once."""
        made = {(ref.schema, ref.name): (path, each, ref) for path, each, ref in self._known_enums()}
        for path, each, ref in made.values():
            home = self._shipped.schema_names.get(ref.schema or "public", 0)
            if (home, ref.name) not in self._shipped.type_names:
                yield path, "create type", CreateType(ref, "enum", each.labels or ()), ref.span

    def relations(self) -> Iterator[Made]:
        """Every table and view, with its columns and its primary key."""
        for each in self._tables.values():
            if each.declared.kind != "table":
                view = CreateView(each.ref, Text("", each.ref.span), materialized=each.declared.kind != "view")
                yield each.path, f"create {each.declared.kind}", view, each.ref.span
                continue
            columns = tuple(self._definition(each.path, column) for column in each.columns.values())
            primary = [key for key in each.keys if key.kind == "primary key"][:1]
            constraints = tuple(
                ConstraintDef("primary key", key.span, _name(key, each.ref.name, names), names)
                for key in primary
                if (names := each.names(key.keys))
            )
            yield each.path, "create table", CreateTable(each.ref, columns, constraints, open=each.open), each.ref.span

    def keys(self) -> Iterator[Made]:
        """Unique keys, then the foreign keys that need them, and row level security where it is said to be on."""
        yield from sorted(self._between, key=lambda made: made[1] == _FOREIGN_KEY)
        for each in self._tables.values():
            if each.declared.rls and each.declared.kind == "table":
                yield each.path, "alter table", AlterTable(each.ref, (SetRls(True),)), each.ref.span

    def gaps(self) -> Iterator[Made]:
        """Where a table may be that nobody can name."""
        first = next((each.path for each in self._tables.values()), None)
        nowhere = Span(0, 0)
        for path, file in self.files.items():
            hidden = file.hidden or (nowhere if self._unnamed and path == first else None)
            if hidden is not None:
                gap = Gap("a table whose declaration could not be read", hidden, _HIDDEN, dynamic=True)
                yield path, "declaration", gap, hidden

    # --- names --------------------------------------------------------------------------------------------------------

    def _ref(self, path: str, thing: DeclaredTable | DeclaredEnum) -> Ref | None:
        """The name in the database; None where it can't be told."""
        if thing.maker is None:
            return Ref(thing.schema, thing.name, thing.span)
        maker = _found(self._makers, path, thing.maker)
        if maker is None or maker.pattern is None:
            return None
        return Ref(maker.schema, maker.pattern.replace("{}", thing.name), thing.span)

    def _known_enums(self) -> Iterator[tuple[str, DeclaredEnum, Ref]]:
        for (path, _), each in self._enums.items():
            ref = self._ref(path, each)
            if ref is not None and each.labels is not None:
                yield path, each, ref

    def _column_name(self, column: DeclaredColumn) -> str | None:
        """The column's name; None where a key could become either of two."""
        if column.name is not None:
            return column.name
        if self._casing == "snake_case":
            return _HUMP.sub("_", column.key).lower()
        camel = "_" not in column.key
        kept = self._casing == "keys" or (camel and (self._casing == "camelCase" or column.key.islower()))
        return column.key if kept else None

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, path: str, declared: DeclaredTable, ref: Ref) -> _Table:
        table = _Table(path, declared, ref, open=declared.open)
        self._add(table, declared.columns, declared.keys, declared.groups, 0)
        return table

    def _add(
        self,
        table: _Table,
        columns: Iterable[DeclaredColumn],
        keys: Iterable[DeclaredKey],
        groups: Iterable[str],
        depth: int,
    ) -> None:
        """Give the table these columns, and those of the groups."""
        for column in columns:
            self._add_column(table, column)
        table.keys.extend(keys)
        for handle in groups:
            group = _found(self._groups, table.path, handle) if depth < _DEEPEST else None
            if group is None:
                table.open = True
            else:
                table.open = table.open or group.open
                self._add(table, group.columns, group.keys, group.groups, depth + 1)

    def _add_column(self, table: _Table, column: DeclaredColumn) -> None:
        """Keep the column where its name and what builds it are known; a field that stands for rows of a table is none.

        Two tables whose rows list each other have a third between them, which nothing here makes.
        """
        name = self._column_name(column)
        if column.enum is not None and not self._is_type(table.path, column.enum):
            other = _found(self._declared, table.path, column.enum)
            pointed = other and any(key.target and key.target.handle == table.declared.handle for key in other.keys)
            table.open = table.open or other is None or (column.dimensions > 0 and not pointed)
        elif name is None or any(each.name == name for key, each in table.columns.items() if key != column.key):
            table.open = True
        else:
            table.columns[column.key] = replace(column, name=name)

    def _is_type(self, path: str, handle: str) -> bool:
        known = _found(self._types, path, handle) or (path, handle) in self._enums
        return bool(known) or any(name == handle for _, name in self._enums)

    def _enter(self, table: _Table) -> None:
        """A table that is declared twice has the columns of both, and may have more."""
        before = self._tables.setdefault((table.ref.schema, table.ref.name), table)
        if before is not table:
            before.open = True
            names = {each.name for each in before.columns.values()}
            extra = {key: each for key, each in table.columns.items() if each.name not in names}
            before.columns |= {key: each for key, each in extra.items() if key not in before.columns}

    def _definition(self, path: str, column: DeclaredColumn) -> ColumnDef:
        default = Text(column.default, column.span) if column.default is not None else None
        generated = Text(column.generated, column.span) if column.generated is not None else None
        return ColumnDef(
            column.name or column.key,
            self._type(path, column),
            column.span,
            column.not_null,
            default,
            generated,
            column.identity,
        )

    def _type(self, path: str, column: DeclaredColumn) -> TypeRef:
        enum = _found(self._enums, path, column.enum) if column.enum else None
        ref = self._ref(path, enum) if enum is not None and enum.labels is not None else None
        if ref is not None:
            return TypeRef(ref.name, column.span, ref.schema, dimensions=column.dimensions)
        return TypeRef(column.type, column.span, None, column.modifier, column.dimensions)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _keys_of(self, table: _Table) -> Iterator[Made]:
        """The keys beside the primary one; where one can't be told, the table may have more than is known."""
        taken: set[str | None] = set()
        for key in table.keys if table.declared.kind == "table" else ():
            if key.kind == "primary key":
                continue
            names, target = table.names(key.keys), self._target(table, key)
            name = _name(key, table.ref.name, names, target)
            if not names or (name and name in taken) or (key.kind == "foreign key" and target is None):
                table.open = True
                continue
            taken.add(name)
            if target is not None:
                made = ConstraintDef("foreign key", key.span, name, names, target[0], target[1], key.on_delete)
                yield table.path, _FOREIGN_KEY, AlterTable(table.ref, (AddConstraint(made),)), key.span
            else:
                yield table.path, "unique key", _unique(key, table.ref, names, name), key.span

    def _target(self, table: _Table, key: DeclaredKey) -> tuple[Ref, tuple[str, ...]] | None:
        """The table and the columns that a foreign key points at; None where they are not known, or are no key there."""
        found = _found(self._refs, table.path, key.target.handle) if key.target else None
        if found is None or key.target is None:
            return None
        target = self._tables.get(found)
        names = target.names(key.target.keys) if target else key.target.keys
        unfit = len(names) != len(key.keys) or (target is not None and not target.is_unique(key.target.keys))
        return None if unfit else (Ref(*found, key.span), names)


def _unique(key: DeclaredKey, table: Ref, names: tuple[str, ...], name: str | None) -> Event:
    if key.index:
        return CreateIndex(table, names, name, unique=True)
    return AlterTable(table, (AddConstraint(ConstraintDef("unique", key.span, name, names)),))


def _name(
    key: DeclaredKey, table: str, names: Iterable[str], target: tuple[Ref, tuple[str, ...]] | None = None
) -> str | None:
    """The constraint's name as the tool makes it; None leaves it to PostgreSQL."""
    if key.name is None:
        return None
    other, others = (target[0].name, target[1]) if target else ("", ())
    name = key.name.format(table=table, columns="_".join(names), target=other, target_columns="_".join(others))
    return name.encode()[:_LONGEST].decode("utf-8", "ignore")


def _found(things: Mapping[tuple[str, str], V], path: str, handle: str) -> V | None:
    """What goes by the handle in this file, else in the others where that is one and the same."""
    if (path, handle) in things:
        return things[path, handle]
    return _one(each for (_, name), each in things.items() if name == handle)


def _one(things: Iterable[V]) -> V | None:
    found = list(things)
    return found[0] if found and all(each == found[0] for each in found) else None
