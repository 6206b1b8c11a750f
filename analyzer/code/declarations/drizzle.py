"""Drizzle: ``pgTable``, ``pgView``, ``pgEnum`` and what hangs on them, at the top level of TypeScript files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from analyzer.code.declaration import Declarer
from analyzer.code.grammar import parse
from analyzer.code.module import Called, Import, Module, returned
from analyzer.code.regions import region_of
from analyzer.code.script import span_of
from analyzer.code.syntax import bare, field, parts
from analyzer.model.declaration import (
    Casing,
    Declarations,
    DeclaredColumn,
    DeclaredEnum,
    DeclaredKey,
    DeclaredTable,
    Group,
    Maker,
    Target,
)
from analyzer.model.events import OnDelete
from analyzer.model.source import Source
from analyzer.model.span import Span

if TYPE_CHECKING:
    from tree_sitter import Node

Kind = Literal["table", "view", "materialized view"]

_LIBRARY = re.compile(r"(?:^|[:/])drizzle-orm(?:@[^/]*)?(/[\w-]+)?(?:\?|$)")
_CORE = "drizzle-orm/pg-core"
_SUPABASE = "drizzle-orm/supabase"
_SHIPPED = {"authUsers": ("auth", "users"), "realtimeMessages": ("realtime", "messages")}
_TABLES: dict[str, Kind] = {"pgTable": "table", "pgView": "view", "pgMaterializedView": "materialized view"}
_MEMBERS: dict[str, Kind] = {"table": "table", "view": "view", "materializedView": "materialized view"}
_SAME = "text integer smallint bigint serial smallserial bigserial boolean numeric real json jsonb uuid date interval"
_TYPES = {
    name: name for name in (*_SAME.split(), *["inet", "cidr", "macaddr", "macaddr8", "point", "line", "bytea", "bit"])
} | {
    "varchar": "character varying",
    "char": "character",
    "decimal": "numeric",
    "doublePrecision": "double precision",
    "time": "time without time zone",
    "timestamp": "timestamp without time zone",
    "vector": "unknown",
    "halfvec": "unknown",
    "sparsevec": "unknown",
    "geometry": "unknown",
}
_ACTIONS: dict[str, OnDelete] = {
    "cascade": "cascade",
    "restrict": "restrict",
    "no action": "no action",
    "set null": "set null",
    "set default": "set default",
}
_UNIQUE, _FOREIGN = "{table}_{columns}_unique", "{table}_{columns}_{target}_{target_columns}_fk"
_CHANGES_NOTHING = frozenset({"index", "check"})


def read(source: Source) -> Declarations:
    """The tables, enums and shared columns of one file, or what ``drizzle.config.ts`` says of names."""
    region = region_of(source.path, source.data)
    if region is None:
        return Declarations()
    file = _File(Module(parse(region.data, region.dialect)))
    if source.path.rpartition("/")[2].startswith("drizzle.config."):
        return Declarations(casing=_casing(file.module))
    return file.read()


def _casing(module: Module) -> Casing | None:
    """How keys become names: as they are, unless the configuration says otherwise. None where it can't be read."""
    exported = [each for each in module.script.root.named_children if each.type == "export_statement"]
    value = next((found for each in exported if (found := field(each, "value")) is not None), None)
    value = module.value(value)
    if value is not None and value.type == "call_expression" and (call := module.called(value)) and call.args:
        value = module.value(call.args[0])
    if value is None or value.type != "object":
        return None
    said = module.entry(value, "casing")
    if said is None:
        return "keys" if all(key is not None for key, _ in module.entries(value)) else None
    named = module.text(said)
    return "snake_case" if named == "snake_case" else "camelCase" if named == "camelCase" else None


class _File:
    """One file under reading."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.calls = {name: call for name, node in module.constants.items() if (call := module.called(node))}

    def read(self) -> Declarations:
        """Everything that the constants of the file declare."""
        tables = [table for name, call in self.calls.items() if (table := self._table(name, call))]
        core = {name: made for name, call in self.calls.items() if (made := self._core(call))}
        return Declarations(
            (*tables, *self._of_supabase()),
            tuple(enum for name, call in self.calls.items() if (enum := self._enum(name, call))),
            {name: group for name, node in self.module.constants.items() if (group := self._group(node))},
            frozenset(name for name, made in core.items() if made == "customType"),
            {name: maker for name, made in core.items() if (maker := self._maker(made, self.calls[name]))},
            self._hidden(tables),
        )

    def _of_supabase(self) -> Iterator[DeclaredTable]:
        """The tables that Supabase ships and Drizzle has declared."""
        for given in self.module.imports.values():
            if _library(given) == _SUPABASE and given.name in _SHIPPED:
                schema, name = _SHIPPED[given.name]
                yield DeclaredTable(given.name, name, Span(0, 0), schema, open=True)

    # --- names --------------------------------------------------------------------------------------------------------

    def _core(self, call: Called) -> str | None:
        """Which function of Drizzle's own is called, by its name there."""
        given = self.module.imports.get(call.owner or call.name)
        if given is None or _library(given) != _CORE:
            return None
        return call.name if call.owner else given.name

    def _handle(self, name: str) -> str | None:
        """What other files call a name of this one; None for what is Drizzle's own or unknown."""
        given = self.module.imports.get(name)
        if given is not None:
            return None if _library(given) in (_CORE, "drizzle-orm") else given.name
        return name if name in self.module.constants else None

    def _maker(self, made: str, call: Called) -> Maker | None:
        if made == "pgSchema":
            return Maker(self.module.text(call.args[0]) if call.args else None)
        if made != "pgTableCreator":
            return None
        template = returned(bare(call.args[0])) if call.args else None
        said = self.module.script.text(template)[1:-1] if template is not None else ""
        before, opened, rest = said.partition("${")
        name, closed, after = rest.partition("}")
        whole = template is not None and template.type == "template_string" and opened and closed and "${" not in after
        plain = name.strip().isidentifier() and not set("{}\\") & set(before + after)
        return Maker(None, f"{before}{{}}{after}" if whole and plain else None)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, handle: str, call: Called) -> DeclaredTable | None:
        kind, maker = self._kind(call)
        name = self.module.text(call.args[0]) if call.args else None
        if kind is None or name is None:
            return None
        if kind != "table":
            return DeclaredTable(handle, name, _inside(call.args[0]), None, maker, kind, open=True)
        read = self._columns(self.module.value(call.args[1])) if len(call.args) > 1 else Group(open=True)
        if maker is not None and call.owner is None and not read.columns:
            return None
        keys, policies, known = self._extras(call.args[2]) if len(call.args) > 2 else ((), False, True)
        return DeclaredTable(
            handle,
            name,
            _inside(call.args[0]),
            None,
            maker,
            kind,
            read.columns,
            read.groups,
            (*read.keys, *keys),
            policies or call.method("enableRLS") is not None,
            read.open or not known,
        )

    def _kind(self, call: Called) -> tuple[Kind | None, str | None]:
        """What the call makes, and the handle of what it is made with."""
        core = self._core(call)
        if core is not None:
            return _TABLES.get(core), None
        maker = self._handle(call.owner or call.name)
        if maker is None:
            return None, None
        return (_MEMBERS.get(call.name) if call.owner else "table"), maker

    def _enum(self, handle: str, call: Called) -> DeclaredEnum | None:
        maker = self._handle(call.owner) if call.owner and call.name == "enum" else None
        if (self._core(call) != "pgEnum" and maker is None) or not call.args:
            return None
        name = self.module.text(call.args[0])
        given = self.module.value(call.args[1]) if len(call.args) > 1 else None
        labels = (
            [self.module.text(each) for each in parts(given)] if given is not None and given.type == "array" else []
        )
        known = tuple(each for each in labels if each is not None)
        whole = bool(labels) and len(known) == len(labels)
        return (
            DeclaredEnum(handle, name, _inside(call.args[0]), None, maker, known if whole else None) if name else None
        )

    def _hidden(self, tables: list[DeclaredTable]) -> Span | None:
        """The first call that makes a table and was not understood."""
        read = {self.calls[each.handle].node.start_byte for each in tables}
        names = [
            name for name, given in self.module.imports.items() if _library(given) == _CORE and given.name in _TABLES
        ]
        names += [name for name, call in self.calls.items() if self._core(call) == "pgTableCreator"]
        for name in names:
            for node in self.module.script.occurrences(name):
                above = self.module.script.path(node)
                if above and above[-1].type == "call_expression" and above[-1].start_byte not in read:
                    return span_of(node)
        return None

    # --- columns ------------------------------------------------------------------------------------------------------

    def _group(self, node: Node) -> Group | None:
        node = bare(node)
        group = self._columns(node) if node.type == "object" else Group()
        return group if group.columns else None

    def _columns(self, node: Node | None) -> Group:
        """The columns of an object, or of one that an arrow function gives."""
        node = returned(node) or node
        if node is None or node.type != "object":
            return Group(open=True)
        columns: list[DeclaredColumn] = []
        keys: list[DeclaredKey] = []
        groups: list[str] = []
        whole = True
        for key, value in self.module.entries(node):
            if key is None:
                group = self._spread(value)
                groups.extend((group,) if group else ())
                whole = whole and group is not None
                continue
            call = self.module.called(value)
            column = self._column(key, call) if call else None
            if call is None or column is None:
                whole = False
                continue
            columns.append(column)
            keys.extend(self._column_keys(key, call))
        return Group(tuple(columns), tuple(keys), tuple(groups), not whole)

    def _spread(self, node: Node) -> str | None:
        inside = parts(node)
        if node.type != "spread_element" or not inside or inside[0].type != "identifier":
            return None
        return self._handle(self.module.script.text(inside[0]))

    def _column(self, key: str, call: Called) -> DeclaredColumn | None:
        """The column that a chain builds; None for what is no builder."""
        core, given = self._core(call), list(call.args)
        builder = core or (call.name if call.owner and not self._handle(call.owner) else None)
        enum = None if builder else self._handle(call.owner or call.name)
        if (builder is None and enum is None) or (builder is not None and builder not in _TYPES):
            return None
        name = self.module.text(given[0]) if given else None
        if given and name is None and bare(given[0]).type not in ("object", "array"):
            return None
        options = next(
            (each for each in map(self.module.value, given) if each is not None and each.type == "object"), None
        )
        kind, modifier = self._type(builder, options) if builder else ("unknown", "")
        column = DeclaredColumn(key, _inside(given[0]) if name else span_of(call.node), name, kind, modifier, enum=enum)
        return self._with_methods(column, call)

    def _type(self, builder: str, options: Node | None) -> tuple[str, str]:
        said = {key: self.module.script.text(value) for key, value in self.module.entries(options) if key}
        kind = _TYPES[builder]
        if said.get("withTimezone") == "true":
            kind = kind.replace("without", "with")
        sizes = [said[key] for key in ("length", "precision", "scale", "dimensions") if said.get(key, "").isdigit()]
        return kind, f"({','.join(sizes)})" if sizes and kind != "unknown" else ""

    def _with_methods(self, column: DeclaredColumn, call: Called) -> DeclaredColumn:
        default = self._sql(call.method("default"))
        if call.method("defaultNow", "defaultRandom") is not None:
            default = "now()" if call.method("defaultNow") is not None else "gen_random_uuid()"
        always = call.method("generatedAlwaysAsIdentity") is not None
        by_default = call.method("generatedByDefaultAsIdentity") is not None
        return replace(
            column,
            dimensions=sum(name == "array" for name, _ in call.methods),
            not_null=call.method("notNull", "primaryKey") is not None,
            default=default,
            generated=self._sql(call.method("generatedAlwaysAs")),
            identity="always" if always else "by default" if by_default else None,
        )

    def _sql(self, args: tuple[Node, ...] | None) -> str | None:
        """What a default is in the words of the file: the text of a template, or the literal."""
        return self.module.script.text(args[0]).removeprefix("sql").strip("`") if args else None

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _column_keys(self, key: str, call: Called) -> Iterator[DeclaredKey]:
        span = span_of(call.node)
        if call.method("primaryKey") is not None:
            yield DeclaredKey("primary key", (key,), span)
        if (named := call.method("unique")) is not None:
            name = self.module.text(named[0]) if named else None
            yield DeclaredKey("unique", (key,), span, _pattern(name) or _UNIQUE)
        if given := call.method("references"):
            target = self._target([returned(bare(given[0]))])
            action = self.module.text(self.module.entry(self.module.value(given[1]), "onDelete")) if given[1:] else None
            yield DeclaredKey("foreign key", (key,), span, _FOREIGN, target, _ACTIONS.get(action or "", "no action"))

    def _target(self, columns: list[Node | None]) -> Target | None:
        """The table and keys that expressions like ``users.id`` name."""
        found = [self._member(each) for each in columns]
        owners = {owner for owner, _ in found}
        owner = owners.pop() if len(owners) == 1 else None
        return Target(owner, tuple(key for _, key in found if key)) if owner else None

    def _member(self, node: Node | None) -> tuple[str | None, str | None]:
        """The handle and the key of ``users.id``, or of ``schema.users.id``."""
        owner, key = field(node, "object"), field(node, "property")
        if node is None or node.type != "member_expression" or owner is None or key is None:
            return None, None
        owner = bare(owner)
        if owner.type == "member_expression":
            inner = field(owner, "property")
            return (self.module.script.text(inner) if inner is not None else None), self.module.script.text(key)
        said = self.module.script.text(owner)
        given = self.module.imports.get(said)
        return (given.name if given else said), self.module.script.text(key)

    def _extras(self, node: Node) -> tuple[tuple[DeclaredKey, ...], bool, bool]:
        """What the third argument adds: keys, whether it has policies, and whether all of it was understood."""
        held = returned(bare(node))
        listed = [value for _, value in self.module.entries(held)]
        if held is None or held.type not in ("object", "array"):
            return (), False, False
        keys: list[DeclaredKey] = []
        policies, known = False, True
        for each in listed or parts(held):
            call = self.module.called(each)
            core = self._core(call) if call else None
            key = self._extra_key(core, call) if call and core else None
            keys.extend((key,) if key else ())
            policies = policies or core == "pgPolicy"
            known = known and (key is not None or core in _CHANGES_NOTHING or core == "pgPolicy")
        return tuple(keys), policies, known

    def _extra_key(self, core: str, call: Called) -> DeclaredKey | None:
        span = span_of(call.node)
        options = self.module.value(call.args[0]) if call.args else None
        if core in ("unique", "uniqueIndex"):
            columns, name = self._keys(call.method("on", "using") or ()), self.module.text(options)
            index = core == "uniqueIndex"
            if not columns or call.method("where") is not None:
                return None
            return DeclaredKey("unique", columns, span, _pattern(name) or _UNIQUE, index=index)
        named = _pattern(self.module.text(self.module.entry(options, "name")))
        held = self.module.entry(options, "columns")
        columns = self._keys(parts(held) if held is not None else call.args)
        if core == "primaryKey" and columns:
            return DeclaredKey("primary key", columns, span, named or "{table}_{columns}_pk")
        target = self._target(list(parts(there))) if (there := self.module.entry(options, "foreignColumns")) else None
        if core != "foreignKey" or not columns or target is None:
            return None
        action = self.module.text(given[0]) if (given := call.method("onDelete")) else None
        return DeclaredKey(
            "foreign key", columns, span, named or _FOREIGN, target, _ACTIONS.get(action or "", "no action")
        )

    def _keys(self, nodes: tuple[Node, ...] | list[Node]) -> tuple[str, ...]:
        """The keys of ``table.a, table.b``; empty when one is something else."""
        found = [self._member(bare(each))[1] for each in nodes]
        return tuple(key for key in found if key) if all(found) else ()


def _library(given: Import) -> str:
    """The module as npm calls it: Deno writes ``npm:drizzle-orm@0.44/pg-core``, or an address."""
    found = _LIBRARY.search(given.module)
    return f"drizzle-orm{found[1] or ''}" if found else ""


def _pattern(name: str | None) -> str | None:
    """A name as a pattern that stands for itself."""
    return name.replace("{", "{{").replace("}", "}}") if name else None


def _inside(node: Node) -> Span:
    """A string without its quotes."""
    quoted = node.type in ("string", "template_string")
    return Span(node.start_byte + quoted, node.end_byte - quoted)


DECLARER = Declarer((".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs"), read)
