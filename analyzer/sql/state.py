"""The database while migrations are replayed: look-ups as PostgreSQL does them, and changes that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from analyzer.model.access import Access, Grantable
from analyzer.model.catalog import (
    UNKNOWN_TYPE,
    Catalog,
    Column,
    Departed,
    Function,
    Hidden,
    Index,
    Missing,
    Oid,
    Relation,
    Schema,
    Type,
    TypeUse,
    Unread,
)
from analyzer.model.events import Ref, TypeRef, Value
from analyzer.model.record import Record
from analyzer.model.span import Place, Span
from analyzer.sql.journal import Journal
from analyzer.sql.mentions import Mentions
from analyzer.sql.rights import EVERYWHERE, Rights, initial_access
from analyzer.sql.system_views import COLUMNS
from analyzer.sql.types import is_builtin

# Of Supabase's own schemas, the one whose functions are few and always the same.
_CLOSED = frozenset(("auth",))
SYSTEM_SCHEMAS = frozenset(("pg_catalog", "information_schema"))
DEFAULT_PATH = ("public", "extensions")
NAME_BYTES = 63
MOST_COLUMNS = 1600
_ROLES_OF_OTHERS = ("pg_", "supabase_", "pgtle_", "cli_login_")
_BROUGHT = frozenset(("type", "function"))
_EXTENSION = "extension "
_ROLE_WORDS = frozenset(("public", "current_role", "current_user", "session_user"))


class Refusal(Exception):
    """PostgreSQL would refuse the statement: its SQLSTATE, its message, the words at fault, and what was not there."""

    def __init__(self, sqlstate: str, message: str, at: Span | None = None, missing: Missing | None = None) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate
        self.message = message
        self.at = at
        self.missing = missing


class Watcher(Record, frozen=True):
    """An event trigger: its function is run at the end of the commands ``tags``, of all when there are none."""

    tags: tuple[str, ...]
    function: Oid


class State:
    """A catalogue under change. Everything that writes goes through ``journal``, so that a statement is one whole."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.journal = Journal()
        self.mentions = Mentions()
        self.search_path: tuple[str, ...] = DEFAULT_PATH
        self.check_bodies = True
        self.exposed: tuple[str, ...] | None = None
        self.file = ""
        self.unread: list[Unread] = []
        self.rights = Rights()
        self.versions: list[str] = []
        self.parents: set[Oid] = set()
        self.filled: dict[Oid, tuple[tuple[Mapping[int, Value], bool], ...] | None] = {}
        self.filled_unknown = False
        self.own_casts = False  # whether there are casts or operators of the project's own
        self.fresh: dict[tuple[Oid, str], None] = {}  # the labels that this transaction gave to types from before it
        self.began = 0  # the last oid before it
        self.variables: dict[str, Value] = {}
        self.followed = False  # whether the block that runs shows all that its variables are set to
        self.unseen = False  # whether it has run what may have failed by what is not seen
        self.way_out: int | None = None  # the journal where the block that runs may have ended
        self.hidden: list[Hidden] = []
        self.brought: dict[str, tuple[Oid, ...]] = {}
        self.watchers: dict[str, Watcher] = {}
        self.running = 0
        self.constraint_names: dict[tuple[Oid, str], int] = {}
        for relation in catalog.relations.values():
            self.count_constraints(relation, 1)
        self._signed: dict[_Signed, tuple[Oid, ...]] = {}
        for function in catalog.functions.values():
            self._sign(function)
        self._last_oid = max((*catalog.schemas, *catalog.relations, *catalog.types, *catalog.functions, 0))

    # --- changes ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A transaction begins."""
        self.fresh.clear()
        self.began = self._last_oid

    def new_oid(self) -> Oid:
        """A number never given before, rolled back or not."""
        self._last_oid += 1
        return self._last_oid

    def place(self, span: Span) -> Place:
        """The span in the file that is being replayed."""
        return Place(self.file, span)

    def add_relation(self, relation: Relation) -> Relation:
        """Enter a new relation and its name."""
        self.journal.put(self.catalog.relations, relation.oid, relation)
        self.count_constraints(relation, 1)
        self.journal.put(self.catalog.relation_names, (relation.schema, relation.name), relation.oid)
        kind: Grantable = "sequence" if relation.kind == "sequence" else "table"
        self._give_access(kind, relation.schema, relation)
        return relation

    def change(self, relation: Relation, **fields: Any) -> Relation:
        """Replace fields of a relation; the name is changed by ``rename_relation`` alone."""
        current = self.catalog.relations[relation.oid]
        changed = replace(current, **fields)
        self.journal.put(self.catalog.relations, relation.oid, changed)
        if changed.constraints is not current.constraints or changed.schema != current.schema:
            self.count_constraints(current, -1)
            self.count_constraints(changed, 1)
        return changed

    def count_constraints(self, relation: Relation, by: int) -> None:
        """Keep ``constraint_names``: how many constraints of each name a schema's tables have."""
        for constraint in relation.constraints:
            key = (relation.schema, constraint.name)
            self.journal.put(self.constraint_names, key, self.constraint_names.get(key, 0) + by)

    def rename_relation(self, thing: Relation | Index, schema: Oid, name: str) -> None:
        """Give a relation or an index another name or schema; 42P07 when it is taken."""
        self.refuse_taken(schema, name)
        self.free_name(thing)
        self.journal.put(self.catalog.relation_names, (schema, name), thing.oid)
        if isinstance(thing, Index):
            self.journal.put(self.catalog.indexes, thing.oid, replace(thing, schema=schema, name=name))
        else:
            self.change(thing, schema=schema, name=name)

    def free_name(self, thing: Relation | Index) -> None:
        """The name is nobody's any more, unless another has taken it over from what was only imagined."""
        key = (thing.schema, thing.name)
        if self.catalog.relation_names.get(key) == thing.oid:
            self.journal.remove(self.catalog.relation_names, key)

    def add_index(self, index: Index) -> None:
        """Enter a new index; its name is one among the relations' names."""
        self.journal.put(self.catalog.indexes, index.oid, index)
        self.journal.put(self.catalog.relation_names, (index.schema, index.name), index.oid)

    def add_type(self, type_: Type) -> None:
        """Enter a new type and its name."""
        self.journal.put(self.catalog.types, type_.oid, type_)
        self.journal.put(self.catalog.type_names, (type_.schema, type_.name), type_.oid)

    def add_function(self, function: Function) -> None:
        """Enter a new function beside its overloads."""
        self.journal.put(self.catalog.functions, function.oid, function)
        key = (function.schema, function.name)
        overloads = self.catalog.function_names.get(key, ())
        if function.oid not in overloads:
            self.journal.put(self.catalog.function_names, key, (*overloads, function.oid))
            self._sign(function)
        self._give_access("function", function.schema, function)

    def _give_access(self, kind: Grantable, schema: Oid, thing: Relation | Function | Schema) -> None:
        """What a new object is granted from the start; what Supabase made, and what is only imagined, stays unknown."""
        if thing.place is not None and not thing.managed and thing.oid not in self.catalog.access:
            self.journal.put(self.catalog.access, thing.oid, initial_access(self.rights, kind, schema))

    def remove_function(self, function: Function) -> None:
        """Take one overload away."""
        key = (function.schema, function.name)
        self.journal.remove(self.catalog.functions, function.oid)
        left = tuple(oid for oid in self.catalog.function_names[key] if oid != function.oid)
        self.journal.put(self.catalog.function_names, key, left)
        signed = _signed(function)
        self.journal.put(self._signed, signed, tuple(oid for oid in self._signed[signed] if oid != function.oid))

    def _sign(self, function: Function) -> None:
        key = _signed(function)
        self.journal.put(self._signed, key, (*self._signed.get(key, ()), function.oid))

    def alike(self, function: Function) -> Function | None:
        """The overload of the same schema, name and argument types."""
        return next((self.catalog.functions[oid] for oid in self._signed.get(_signed(function), ())), None)

    def depart(self, departed: Departed) -> None:
        """Remember that a name stands for nothing any more."""
        self.journal.put(self.catalog.departed, len(self.catalog.departed), departed)

    # --- schemas ------------------------------------------------------------------------------------------------------

    def add_schema(self, name: str, place: Place | None = None, *, managed: bool = False) -> Schema:
        """Enter a new schema."""
        schema = Schema(self.new_oid(), name, managed, place)
        self.journal.put(self.catalog.schemas, schema.oid, schema)
        self.journal.put(self.catalog.schema_names, name, schema.oid)
        self._give_access("schema", EVERYWHERE, schema)
        return schema

    def need_schema(self, name: str, at: Span | None) -> Oid:
        """The schema's oid; 3F000 when there is none."""
        oid = self.catalog.schema_names.get(name)
        if oid is not None:
            return oid
        known = name in SYSTEM_SCHEMAS or name == "pg_temp"
        if known or self.explained(name, "create", "schema") or self._comes_with_extension(name):
            return self.add_schema(name, managed=True).oid
        raise Refusal("3F000", f"schema {_said(name)} does not exist", at, Missing("schema", None, name))

    def _comes_with_extension(self, name: str) -> bool:
        """True for a schema called like an extension that is not known: ``pgtle`` for pg_tle, ``dbdev`` for supabase-dbdev."""
        letters = _letters(name)
        extensions = [each.reason for each in self.unread if each.reason.startswith(_EXTENSION)]
        return bool(letters) and any(letters in _letters(each.removeprefix(_EXTENSION)) for each in extensions)

    def creation_schema(self, ref: Ref, *, temporary: bool = False) -> Oid:
        """Where a new object of that name goes: its own schema, or the first one of the search path that exists."""
        if temporary:
            return self.need_schema("pg_temp", ref.span)
        if ref.schema is not None:
            return self.need_schema(ref.schema, ref.span)
        for oid in self.path_oids():
            return oid
        raise Refusal("3F000", "no schema has been selected to create in", ref.span)

    def path_oids(self) -> tuple[Oid, ...]:
        """The schemas of the search path that exist, in order."""
        names = self.catalog.schema_names
        return tuple(names[name] for name in self.search_path if name in names)

    def lookup_oids(self, ref: Ref | TypeRef) -> tuple[Oid, ...]:
        """The schemas where a name is looked for, in order; temporary objects come first."""
        names = self.catalog.schema_names
        if ref.schema is not None:
            return (names[ref.schema],) if ref.schema in names else ()
        temporary = (names["pg_temp"],) if "pg_temp" in names else ()
        return temporary + self.path_oids()

    # --- relations ----------------------------------------------------------------------------------------------------

    def find_relation(self, ref: Ref) -> Relation | Index | None:
        """The relation or index that the name stands for, or None."""
        for schema in self.lookup_oids(ref):
            oid = self.catalog.relation_names.get((schema, ref.name))
            if oid is not None:
                return self.catalog.relations.get(oid) or self.catalog.indexes.get(oid)
        if ref.schema in SYSTEM_SCHEMAS or (ref.schema is None and ref.name.startswith("pg_")):
            return self.imagine(replace(ref, schema=ref.schema or "pg_catalog"), managed=True)
        return None

    def need_relation(self, ref: Ref, *, in_query: bool = False) -> Relation:
        """The relation of that name; 42P01 when there is none, 3F000 when a command names a schema that is not there."""
        found = self.find_relation(ref)
        if isinstance(found, Relation):
            return found
        if isinstance(found, Index):
            raise Refusal("42809", f"{_said(ref.name)} is not a table", ref.span)
        if ref.schema is not None and not in_query:
            self.need_schema(ref.schema, ref.span)
        if self.explained(ref.name, "create", "table"):
            return self.imagine(ref)
        if self._in_managed_schema(ref):
            return self.imagine(ref, managed=True)
        raise Refusal("42P01", f"relation {_said(str(ref))} does not exist", ref.span, self.missing(ref))

    def _in_managed_schema(self, ref: Ref) -> bool:
        """True where Supabase or an extension may have put a relation that we do not know of."""
        oid = self.catalog.schema_names.get(ref.schema or "")
        return oid is not None and self.catalog.schemas[oid].managed

    def may_be_shipped(self, ref: Ref) -> bool:
        """True for a function in a schema of Supabase's own or of an extension, which may hold more than we know of."""
        closed = ref.schema in _CLOSED and self.catalog.relation(ref.schema or "", ref.name) is None
        return self._in_managed_schema(ref) and not closed

    def missing(self, ref: Ref) -> Missing:
        """What is not there, with the schema in which it would have been looked for first."""
        return Missing("relation", ref.schema or self._first_schema(), ref.name)

    def missing_type(self, ref: Ref | TypeRef) -> Missing:
        """The same for a type."""
        return Missing("type", ref.schema or self._first_schema(), ref.name)

    def _first_schema(self) -> str:
        oids = self.path_oids()
        return self.catalog.schemas[oids[0]].name if oids else "public"

    def imagine(self, ref: Ref, *, managed: bool = False) -> Relation:
        """Enter a relation of which only the name is known; it has any column that is asked of it."""
        schema = self.need_schema(ref.schema or self._first_schema(), ref.span)
        names = COLUMNS.get(ref.name, ()) if managed and ref.schema == "pg_catalog" else ()
        columns = tuple(Column(number, name, UNKNOWN_TYPE) for number, name in enumerate(names, 1))
        made = Relation(self.new_oid(), schema, ref.name, "table", columns, open=not names, managed=managed)
        return self.add_relation(made)

    def refuse_taken(self, schema: Oid, name: str, at: Span | None = None) -> None:
        """42P07 when a relation or index has that name, unless it is one that was only imagined."""
        oid = self.catalog.relation_names.get((schema, name))
        type_ = self.catalog.types.get(self.catalog.type_names.get((schema, name), 0))
        if (oid is not None and not self.imagined(oid)) or (type_ is not None and type_.kind == "composite"):
            raise Refusal("42P07", f"relation {_said(name)} already exists", at)

    def refuse_type_taken(self, schema: Oid, name: str, at: Span | None = None) -> None:
        """42710 when a type has the name that a table is to have: its rows are a type, too."""
        type_ = self.catalog.types.get(self.catalog.type_names.get((schema, name), 0))
        if type_ is not None and type_.kind != "shell":
            code, what = ("42P07", "relation") if type_.kind == "composite" else ("42710", "type")
            raise Refusal(code, f"{what} {_said(name)} already exists", at)

    def imagined(self, oid: Oid) -> bool:
        """True for a relation that was assumed because a statement that we do not understand may have made it."""
        relation = self.catalog.relations.get(oid)
        return relation is not None and relation.open and relation.place is None and not relation.managed

    def imagined_schema(self, oid: Oid) -> bool:
        """True for a schema that is only taken to be there."""
        schema = self.catalog.schemas[oid]
        return schema.place is None and not schema.managed and schema.name != "public"

    # --- columns ------------------------------------------------------------------------------------------------------

    def need_column(self, relation: Relation, name: str, at: Span | None) -> Column:
        """The column of that name; 42703 when a relation whose columns we know lacks it."""
        column = self.catalog.relations[relation.oid].column(name)
        if column is not None:
            return column
        if relation.open or self.explained_column(relation, name):
            return self.add_column(relation, Column(0, name, UNKNOWN_TYPE))
        message = f"column {_said(name)} of relation {_said(relation.name)} does not exist"
        missing = Missing("column", self.catalog.schema_of(relation), relation.name, name)
        raise Refusal("42703", message, at, missing)

    def add_column(self, relation: Relation, column: Column) -> Column:
        """Append the column under the relation's next number; the number it comes with is not looked at."""
        current = self.catalog.relations[relation.oid]
        if len(current.columns) >= MOST_COLUMNS:
            raise Refusal("54011", f"tables can have at most {MOST_COLUMNS} columns")
        numbered = replace(column, number=current.next_number)
        self.change(current, columns=(*current.columns, numbered), next_number=current.next_number + 1)
        return numbered

    def change_column(self, relation: Relation, number: int, **fields: Any) -> None:
        """Replace fields of one column."""
        current = self.catalog.relations[relation.oid]
        columns = tuple(replace(each, **fields) if each.number == number else each for each in current.columns)
        self.change(current, columns=columns)

    # --- types --------------------------------------------------------------------------------------------------------

    def resolve_type(self, ref: TypeRef) -> TypeUse:
        """The type that is meant; 42704 when there is none."""
        if ref.column is not None:
            relation = self.need_relation(Ref(ref.schema, ref.name, ref.span))
            return self.need_column(relation, ref.column, ref.span).type
        if ref.schema in (None, "pg_catalog") and is_builtin(ref.name):
            return TypeUse(ref.name, None, ref.modifier, ref.dimensions)
        oid = self.find_type(ref)
        if oid is not None:
            return TypeUse(ref.name, oid, ref.modifier, ref.dimensions)
        if ref.schema is not None:
            self.need_schema(ref.schema, ref.span)
        if self.explained(ref.name, "create", "type"):
            return TypeUse(ref.name, None, ref.modifier, ref.dimensions)
        said = ref.name if ref.schema is None else f"{ref.schema}.{ref.name}"
        message = f"type {_said(said + '[]' * bool(ref.dimensions))} does not exist"
        raise Refusal("42704", message, ref.span, self.missing_type(ref))

    def find_type(self, ref: TypeRef | Ref) -> Oid | None:
        """The oid of a type, or of the relation whose row type it is."""
        for schema in self.lookup_oids(ref):
            key = (schema, ref.name)
            oid = self.catalog.type_names.get(key) or self.catalog.relation_names.get(key)
            if oid is not None and oid not in self.catalog.indexes:
                return oid
        return None

    # --- functions ----------------------------------------------------------------------------------------------------

    def find_functions(self, ref: Ref) -> tuple[Function, ...]:
        """Every overload that the name may stand for, those of earlier schemas first."""
        oids: Iterable[Oid] = (
            oid for schema in self.lookup_oids(ref) for oid in self.catalog.function_names.get((schema, ref.name), ())
        )
        return tuple(self.catalog.functions[oid] for oid in oids)

    def imagine_function(self, ref: Ref) -> Oid:
        """A function that is assumed to be there, with arguments that are not known."""
        schema = self.need_schema(ref.schema or self._first_schema(), ref.span)
        function = Function(self.new_oid(), schema, ref.name, managed=True, open=True)
        self.add_function(function)
        return function.oid

    # --- doubt --------------------------------------------------------------------------------------------------------

    def doubt_extension(self, name: str, span: Span) -> None:
        """An extension of which we do not know what it brings: types and functions of any name, and a schema called like it."""
        self.unread.append(Unread(self.place(span), f"{_EXTENSION}{name}", frozenset(), makes=_BROUGHT))
        self.journal.on_undo(self.unread.pop)

    def doubt(self, reason: str, span: Span, words: frozenset[str] = frozenset(), *, dynamic: bool = False) -> None:
        """Remember a statement that was not understood."""
        place = self.place(span)
        if self.unread and self.unread[-1].place == place:
            # The same words in another turn of a loop.
            last = self.unread.pop()
            words, dynamic = words | last.words, dynamic or last.dynamic
            self.journal.on_undo(lambda: self.unread.append(last))
        self.unread.append(Unread(place, reason, words, dynamic))
        self.journal.on_undo(self.unread.pop)
        if words & {"grant", "revoke"}:
            self.doubt_rights(words, dynamic=dynamic)

    def doubt_rights(self, words: frozenset[str], *, dynamic: bool) -> None:
        """Forget the grants on what a statement that was not understood names, or on all where no list can be whole."""
        everything = dynamic or {"all", "in", "schema"} <= words
        for things in (self.catalog.relations, self.catalog.functions, self.catalog.schemas):
            for oid, thing in things.items():
                access = self.catalog.access.get(oid)
                if access is not None and not access.unknown and (everything or thing.name in words):
                    self.journal.put(self.catalog.access, oid, Access(access.kind, {}, None))
        if "default" in words or "privileges" in words:
            before = self.rights.open
            self.rights.open = True
            self.journal.on_undo(lambda: setattr(self.rights, "open", before))

    # --- roles --------------------------------------------------------------------------------------------------------

    def need_role(self, name: str, at: Span | None) -> None:
        """42704 when there is no such role; those that PostgreSQL and Supabase may bring are taken to be there."""
        if name in self.rights.roles or name.startswith(_ROLES_OF_OTHERS) or name in _ROLE_WORDS:
            return
        if not self.explained(name, "create", "role"):
            raise Refusal("42704", f"role {_said(name)} does not exist", at)

    def explained(self, name: str, *verbs: str) -> bool:
        """True when a statement that was not understood may have made the object, or taken it away."""
        return any(each.explains(name, *verbs) or each.brings(*verbs) for each in self.unread)

    def may_be_gone(self, name: str, owner: str) -> bool:
        """True when a statement that was not understood may have dropped a part of a table: it names it, or its owner."""
        return any(
            each.explains(name, "drop") or (owner in each.words and "drop" in each.words) for each in self.unread
        )

    def explained_column(self, relation: Relation, column: str) -> bool:
        """True when a statement that was not understood may have added the column."""
        return any(
            each.explains(column, "add")
            if relation.name in each.words
            else each.explains(relation.name, "add", "column")
            for each in self.unread
        )


_Signed = tuple[Oid, str, tuple[TypeUse, ...]]


def _signed(function: Function) -> _Signed:
    return function.schema, function.name, function.signature


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def _said(name: str) -> str:
    return f'"{name}"'


def object_name(first: str, second: str, label: str) -> str:
    """The name that PostgreSQL makes up for a constraint, index or sequence (makeObjectName): cut to 63 bytes in all."""
    ending = ("_" + label) if label else ""
    room = NAME_BYTES - len(ending.encode()) - (1 if second else 0)
    one, two = first.encode("utf-8", "surrogateescape"), second.encode("utf-8", "surrogateescape")
    while len(one) + len(two) > room:
        one, two = (one[:-1], two) if len(one) > len(two) else (one, two[:-1])
    middle = "_" + two.decode("utf-8", "ignore") if second else ""
    return one.decode("utf-8", "ignore") + middle + ending
