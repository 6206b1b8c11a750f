"""How rows of two relations belong together, as PostgREST sees it: by foreign keys, through junctions, by functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal

from analyzer.model.catalog import Catalog, Column, ColumnNumber, Constraint, Oid, Relation
from analyzer.model.record import Record

Cardinality = Literal["many-to-one", "one-to-many", "one-to-one", "many-to-many", "computed"]


class Relationship(Record, frozen=True):
    """One way from a row of ``origin`` to rows of ``target``.

    ``name`` is that of the constraint, the junction or the function; ``pairs`` are the columns that must be equal, of the
    origin and of the target. ``junction`` is the relation between the two of a many-to-many.
    """

    origin: Oid
    target: Oid
    cardinality: Cardinality
    name: str
    pairs: tuple[tuple[str, str], ...] = ()
    junction: Oid | None = None
    to_view: bool = False
    constraint: tuple[Oid, str] | None = None
    single: bool = False

    @property
    def to_one(self) -> bool:
        """True when there is at most one row at the other end."""
        return self.cardinality in ("many-to-one", "one-to-one") or self.single

    @property
    def itself(self) -> bool:
        """True when it leads from a relation to the same relation."""
        return self.origin == self.target


def all_relationships(catalog: Catalog) -> tuple[Relationship, ...]:
    """Every relationship of the catalogue, in both directions, through views and junctions."""
    direct = [found for relation in catalog.relations.values() for found in _foreign_keys(catalog, relation)]
    direct += list(_through_views(catalog, direct))
    junctions = list(_through_junctions(catalog, direct))
    computed = dict(_computed(catalog))
    detected = (*direct, *junctions, *(_inverse(catalog, each) for each in direct))
    kept = (
        each for each in detected if (each.origin, catalog.qualified(catalog.relations[each.target])) not in computed
    )
    return (*computed.values(), *kept)


def _foreign_keys(catalog: Catalog, relation: Relation) -> Iterator[Relationship]:
    if relation.partition_of is not None:
        return
    for key in relation.constraints:
        target = catalog.relations.get(key.target or 0)
        if key.kind == "foreign key" and target is not None:
            columns, targets = relation.names_of(key.columns), target.names_of(key.target_columns)
            if columns and len(columns) == len(targets):
                yield Relationship(
                    relation.oid,
                    target.oid,
                    "one-to-one" if _unique(relation, key) else "many-to-one",
                    key.name,
                    tuple(zip(columns, targets, strict=True)),
                    constraint=(relation.oid, key.name),
                )


def _unique(relation: Relation, key: Constraint) -> bool:
    """An index is not enough: PostgREST looks at constraints alone."""
    keys = (each for each in relation.constraints if each.kind in ("primary key", "unique"))
    return any(sorted(each.columns) == sorted(key.columns) for each in keys)


def _inverse(catalog: Catalog, found: Relationship) -> Relationship:
    return Relationship(
        found.target,
        found.origin,
        "one-to-one" if found.cardinality == "one-to-one" else "one-to-many",
        found.name,
        tuple((target, origin) for origin, target in found.pairs),
        to_view=_is_view(catalog.relations[found.origin]),
        constraint=found.constraint,
    )


# --- views ------------------------------------------------------------------------------------------------------------


def _is_view(relation: Relation) -> bool:
    return relation.kind in ("view", "materialized_view")


def _through_views(catalog: Catalog, direct: Iterable[Relationship]) -> Iterator[Relationship]:
    """Views hand on the foreign keys whose columns they show, at either end."""
    shown = _shown(catalog)
    for key in direct:
        origins = list(_columns_in_views(catalog, shown, key.origin, [origin for origin, _ in key.pairs]))
        targets = list(_columns_in_views(catalog, shown, key.target, [target for _, target in key.pairs]))
        here = (key.origin, tuple(origin for origin, _ in key.pairs))
        there = (key.target, tuple(target for _, target in key.pairs))
        ends = [*product(origins, [there]), *product([here], targets), *product(origins, targets)]
        for (origin, columns), (target, referenced) in ends:
            pairs = tuple(zip(columns, referenced, strict=True))
            to_view = target != key.target
            yield Relationship(
                origin, target, key.cardinality, key.name, pairs, to_view=to_view, constraint=key.constraint
            )


_Shown = dict[Oid, dict[Oid, dict[ColumnNumber, list[str]]]]


def _shown(catalog: Catalog) -> _Shown:
    """For each table, the views that show columns of it, and under which names."""
    shown: _Shown = {}
    known: dict[tuple[Oid, ColumnNumber], tuple[Oid, ColumnNumber] | None] = {}
    for relation in catalog.relations.values():
        if _is_view(relation):
            for column in relation.columns:
                if (base := table_column(catalog, column, known)) is not None:
                    table, number = base
                    shown.setdefault(table, {}).setdefault(relation.oid, {}).setdefault(number, []).append(column.name)
    return shown


def table_column(
    catalog: Catalog, column: Column, known: dict[tuple[Oid, ColumnNumber], tuple[Oid, ColumnNumber] | None]
) -> tuple[Oid, ColumnNumber] | None:
    """The column of a table that a view's column shows, through views of views; ``known`` keeps the answers on the way."""
    base, met = column.base, dict[tuple[Oid, ColumnNumber], None]()
    while base is not None and base not in known:
        relation = catalog.relations.get(base[0])
        if relation is None or not _is_view(relation):
            break
        known[base] = None  # for as long as it is not: a view that shows itself ends here
        met[base] = None
        inner = relation.numbered(base[1])
        base = inner.base if inner is not None else None
    found = known.get(base, base) if base is not None else None
    known.update(dict.fromkeys(met, found))
    return found


def _columns_in_views(
    catalog: Catalog, shown: _Shown, table: Oid, columns: list[str]
) -> Iterator[tuple[Oid, tuple[str, ...]]]:
    relation = catalog.relations[table]
    numbers = [column.number for name in columns if (column := relation.column(name)) is not None]
    for view, names in shown.get(table, {}).items():
        for chosen in product(*(names.get(number, ()) for number in numbers)):
            if len(chosen) == len(columns):
                yield view, chosen


# --- junctions --------------------------------------------------------------------------------------------------------


def _through_junctions(catalog: Catalog, direct: Iterable[Relationship]) -> Iterator[Relationship]:
    """Two foreign keys of one relation join their targets when its primary key holds the columns of both."""
    by_origin: dict[Oid, list[Relationship]] = defaultdict(list)
    for each in direct:
        if each.cardinality == "many-to-one":
            by_origin[each.origin].append(each)
    for junction, keys in by_origin.items():
        primary = primary_key_names(catalog, catalog.relations[junction])
        within = [key for key in keys if primary.issuperset(column for column, _ in key.pairs)]
        for one, other in product(within, within):
            if one.name != other.name:
                yield Relationship(
                    one.target,
                    other.target,
                    "many-to-many",
                    catalog.relations[junction].name,
                    tuple((target, origin) for origin, target in one.pairs),
                    junction,
                    to_view=_is_view(catalog.relations[other.target]),
                )


def primary_key_names(catalog: Catalog, relation: Relation) -> frozenset[str]:
    """The columns of the primary key; of a view, those that show the whole key of a table."""
    if not _is_view(relation):
        key = relation.primary_key
        return frozenset(relation.names_of(key.columns)) if key is not None else frozenset()
    found: set[str] = set()
    names = {table_column(catalog, column, {}): column.name for column in reversed(relation.columns)}
    for table in {base[0] for base in names if base is not None}:
        base = catalog.relations.get(table)
        key = base.primary_key if base is not None else None
        if key is not None and all((table, number) in names for number in key.columns):
            found.update(names[table, number] for number in key.columns)
    return frozenset(found)


# --- functions --------------------------------------------------------------------------------------------------------


def _computed(catalog: Catalog) -> Iterator[tuple[tuple[Oid, str], Relationship]]:
    """A function from a row to rows of a relation is a relationship of its name; it stands before one that is detected."""
    for function in catalog.functions.values():
        inputs = tuple(function.inputs())
        if len(inputs) == 1 and function.returns is not None and not inputs[0].type.dimensions:
            origin = catalog.relations.get(inputs[0].type.oid or 0)
            target = catalog.relations.get(function.returns.oid or 0)
            if origin is not None and target is not None:
                name, single = function.name, not function.returns_set
                found = Relationship(origin.oid, target.oid, "computed", name, single=single)
                yield (origin.oid, catalog.qualified(function)), found
