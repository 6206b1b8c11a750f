"""Holds a query's names against the catalogue: the columns that it gives out, and all that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from analyzer.model.catalog import UNKNOWN_TYPE, ColumnNumber, Missing, Oid, TypeUse
from analyzer.model.events import Ref
from analyzer.model.query import ColumnUse, CommonTable, Comparison, FromItem, Output, Query, SourceName, Term
from analyzer.model.record import Record
from analyzer.sql.comparing import given_by, refuse_literal, refuse_operator
from analyzer.sql.state import Refusal, State

Use = tuple[Oid, ColumnNumber]
_SYSTEM_COLUMNS = frozenset(("ctid", "oid", "tableoid", "xmin", "xmax", "cmin", "cmax"))


class Given(Record, frozen=True):
    """A column that a source or a query gives: its name, its type, and the table column that it shows."""

    name: str
    type: TypeUse = UNKNOWN_TYPE
    base: Use | None = None


class Rows(Record, frozen=True):
    """What a source gives. ``open`` when there may be more columns than these; ``oid`` is the relation read directly."""

    name: str | None
    columns: tuple[Given, ...]
    open: bool = False
    oid: Oid | None = None


@dataclass(slots=True)
class Resolved:
    """What a query gives, whether that is all, and what it depends on."""

    columns: tuple[Given, ...]
    open: bool
    uses: set[Use] = field(default_factory=set)


class _Scope:
    """The sources that a name can mean, and the scopes around."""

    def __init__(self, rows: Sequence[Rows], outer: _Scope | None, tables: dict[str, Rows]) -> None:
        self.rows = list(rows)
        self.outer = outer
        self.tables = tables

    def table(self, name: str) -> Rows | None:
        """The WITH query of that name, here or further out."""
        scope: _Scope | None = self
        while scope is not None:
            if name in scope.tables:
                return scope.tables[name]
            scope = scope.outer
        return None


def resolve_query(state: State, query: Query, within: Iterable[Rows] = ()) -> Resolved:
    """Resolve a query; ``within`` are rows that it sees from outside. Refuses what PostgreSQL does not find."""
    outer = _Scope(list(within), None, {})
    resolver = _Resolver(state)
    columns, open_ = resolver.query(query, outer)
    return Resolved(columns, open_, resolver.uses)


def rows_of(state: State, oid: Oid, name: str) -> Rows:
    """A relation's columns as a query sees them under a name."""
    relation = state.catalog.relations[oid]
    columns = tuple(Given(each.name, each.type, (oid, each.number)) for each in relation.columns)
    return Rows(name, columns, relation.open, oid)


class _Resolver:
    def __init__(self, state: State) -> None:
        self.state = state
        self.uses: set[Use] = set()

    # --- queries ------------------------------------------------------------------------------------------------------

    def query(self, query: Query, outer: _Scope) -> tuple[tuple[Given, ...], bool]:
        """The columns of a query, and whether there may be more."""
        tables: dict[str, Rows] = {}
        around = _Scope((), outer, tables)
        for table in query.tables:
            tables[table.name] = self.common_table(table, around)
        scope = _Scope((), around, {})
        for item in query.sources:
            scope.rows.append(self.source(item, scope, around))
        for use in query.columns:
            self.column(use, scope)
        for comparison in query.comparisons:
            self.compare(comparison, scope)
        for inner in query.inner:
            self.query(inner, scope)
        given = list(self.outputs(query, scope))
        open_ = any(each is None for each in given) or not query.outputs
        for other in query.others:
            self.query(other, around)
        plain = tuple(each for each in given if each is not None)
        if query.others:
            plain = tuple(replace(each, base=None) for each in plain)
        return plain, open_

    def common_table(self, table: CommonTable, around: _Scope) -> Rows:
        """A WITH query as a source; a recursive one sees the columns of its first branch."""
        if table.recursive:
            first = replace(table.query, others=())
            around.tables[table.name] = Rows(table.name, (), open=True)
            columns, open_ = self.query(first, around)
            around.tables[table.name] = Rows(table.name, _renamed(columns, table.columns), open_)
        columns, open_ = self.query(table.query, around)
        return Rows(table.name, _renamed(columns, table.columns), open_)

    # --- sources ------------------------------------------------------------------------------------------------------

    def source(self, item: FromItem, scope: _Scope, around: _Scope) -> Rows:
        """What one source gives."""
        if item.query is not None:
            columns, open_ = self.query(item.query, scope if item.lateral else around)
            return Rows(item.alias, _renamed(columns, item.columns), open_)
        if item.relation is not None:
            return self.relation(item, item.relation, around)
        named = tuple(Given(name) for name in item.columns)
        return Rows(item.alias, named, open=not named)

    def relation(self, item: FromItem, name: SourceName, around: _Scope) -> Rows:
        """A table, a view or a WITH query."""
        common = around.table(name.name) if name.schema is None else None
        if common is not None:
            return replace(common, name=item.alias, columns=_renamed(common.columns, item.columns))
        found = self.state.need_relation(Ref(name.schema, name.name, name.span), in_query=True)
        self.uses.add((found.oid, 0))
        rows = rows_of(self.state, found.oid, item.alias or name.name)
        return replace(rows, columns=_renamed(rows.columns, item.columns))

    # --- columns ------------------------------------------------------------------------------------------------------

    def column(self, use: ColumnUse, scope: _Scope) -> Given | None:
        """The column that a name stands for; None when it can't be told. Refuses a name that stands for nothing."""
        if use.name == "*":
            return None
        current: _Scope | None = scope
        unsure = False
        while current is not None:
            found = self.found(use, current)
            if found is not None:
                return found
            unsure = unsure or any(self.may_hold(rows, use) for rows in current.rows)
            current = current.outer
        if not unsure and use.name not in _SYSTEM_COLUMNS:
            self.refuse(use, scope)
        return None

    def found(self, use: ColumnUse, scope: _Scope) -> Given | None:
        """The column in this scope alone."""
        for rows in scope.rows:
            if use.table in (None, rows.name):
                for given in rows.columns:
                    if given.name == use.name:
                        self.uses.update((given.base,) if given.base else ())
                        return given
        return None

    def may_hold(self, rows: Rows, use: ColumnUse) -> bool:
        """True when the source may have a column of that name, or is itself what is named (``row_to_json(t)``)."""
        if use.table is not None:
            return rows.open and rows.name == use.table
        return rows.open or rows.name == use.name

    def compare(self, comparison: Comparison, scope: _Scope) -> None:
        """Refuse what has no operator, or no value."""
        left = self.type_of(comparison.left, scope)
        for term in comparison.rights:
            right = self.type_of(term, scope)
            if left is not None and right is not None:
                refuse_operator(self.state, left, right, comparison.span)
            for text, type_ in ((term.text, left), (comparison.left.text, right)):
                if text is not None and type_ is not None:
                    refuse_literal(self.state, type_, text, comparison.span)

    def type_of(self, term: Term, scope: _Scope) -> TypeUse | None:
        """The type of one side of a comparison; None where it can't be told."""
        if term.function is not None:
            return given_by(self.state, term.function)
        if term.column is None:
            return TypeUse(term.type) if term.type else None
        current: _Scope | None = scope
        while current is not None:
            found = self.found(term.column, current)
            if found is not None or any(self.may_hold(rows, term.column) for rows in current.rows):
                return self.sure_type(found)
            current = current.outer
        return None

    def sure_type(self, given: Given | None) -> TypeUse | None:
        """The column's type, unless a statement that was not understood may have changed it."""
        if given is None or given.type is UNKNOWN_TYPE or given.type.name == "unknown":
            return None
        relation = self.state.catalog.relations.get(given.base[0]) if given.base else None
        return None if relation is not None and self.state.explained(relation.name, "type") else given.type

    def refuse(self, use: ColumnUse, scope: _Scope) -> None:
        """42703, or 42P01 for a qualifier that no source has."""
        if use.table is None:
            raise Refusal("42703", f'column "{use.name}" does not exist', use.span, self.missing(use, scope))
        current: _Scope | None = scope
        while current is not None:
            if any(rows.name == use.table for rows in current.rows):
                if self.state.find_functions(Ref(None, use.name, use.span)):
                    return  # `deals.label` is `label(deals)`, too
                message = f"column {use.table}.{use.name} does not exist"
                raise Refusal("42703", message, use.span, self.missing(use, current))
            current = current.outer
        if not self.state.explained(use.table):
            raise Refusal("42P01", f'missing FROM-clause entry for table "{use.table}"', use.span)

    def missing(self, use: ColumnUse, scope: _Scope) -> Missing | None:
        """The column that is not there, where one relation must have had it."""
        oids = [rows.oid for rows in scope.rows if rows.oid is not None and use.table in (None, rows.name)]
        if len(oids) != 1:
            return None
        relation = self.state.catalog.relations[oids[0]]
        return Missing("column", self.state.catalog.schema_of(relation), relation.name, use.name)

    # --- outputs ------------------------------------------------------------------------------------------------------

    def outputs(self, query: Query, scope: _Scope) -> Iterator[Given | None]:
        """What the select list gives; None stands for columns that can't be told."""
        for output in query.outputs:
            if output.column is not None and output.column.name == "*":
                yield from self.star(output.column, query.sources, scope)
            elif output.column is None and output.name is None:
                yield None
            else:
                yield self.plain(output, scope)

    def plain(self, output: Output, scope: _Scope) -> Given:
        """One named column."""
        found = self.column(output.column, scope) if output.column is not None else None
        name = output.name or "?column?"
        return replace(found, name=name) if found is not None else Given(name)

    def star(self, use: ColumnUse, sources: Sequence[FromItem], scope: _Scope) -> Iterator[Given | None]:
        """All columns of all sources, or of one; those that a join merges come once, and first."""
        merged: list[str] = []
        if use.table is None:
            merged = list(_merged(sources, scope.rows))
            for name in merged:
                yield next((each for rows in scope.rows for each in rows.columns if each.name == name), None)
        for rows in scope.rows:
            if use.table in (None, rows.name):
                for given in rows.columns:
                    if given.name not in merged:
                        self.uses.update((given.base,) if given.base else ())
                        yield given
                if rows.open:
                    yield None


def _merged(sources: Sequence[FromItem], rows: Sequence[Rows]) -> Iterator[str]:
    seen: set[str] = set()
    for item, each in zip(sources, rows, strict=True):
        names = [given.name for given in each.columns]
        yield from item.using
        if item.natural:
            yield from (name for name in names if name in seen)
        seen.update(names)


def _renamed(columns: Sequence[Given], names: Sequence[str]) -> tuple[Given, ...]:
    renamed = tuple(replace(column, name=name) for column, name in zip(columns, names, strict=False))
    return (*renamed, *columns[len(renamed) :])
