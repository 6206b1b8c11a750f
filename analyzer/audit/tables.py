"""The project's tables, their foreign keys, and who asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.audit.view import LIKELY, View
from analyzer.entities import missing_of
from analyzer.model.audit import KeyRow, KeyState, PolicyRow, TableRow, TableState
from analyzer.model.catalog import QUERYABLE, TABLE_LIKE, Constraint, Missing, Relation
from analyzer.rule import subject

_NAMED = 3
_USER = r"(?:auth\.uid\(\)|\(\s*select\s+auth\.uid\(\)(?:\s+as\s+uid)?\s*\))"
_COLUMN = r"(?:\w+\.)?\w+"
_OWN_ROWS = re.compile(rf"[\s(]*(?:{_USER}\s*=\s*{_COLUMN}|{_COLUMN}\s*=\s*{_USER})[\s)]*", re.IGNORECASE)


def table_rows(view: View) -> Iterator[TableRow]:
    """Every table and view that there is or should be: those of the migrations in their order, then what is not there."""
    named = set()
    for relation in _own(view):
        row = _row(view, relation)
        named.add(row.name)
        yield row
    for row in (*_missing(view, named), *_hinted(view, named), *_modelled(view, named)):
        if row.name not in named:
            named.add(row.name)
            yield row


def key_rows(view: View) -> Iterator[KeyRow]:
    """Every foreign key of these tables, by table."""
    catalog = view.project.intended
    for relation in _own(view):
        for key in relation.constraints:
            if key.kind == "foreign key" and key.target in catalog.relations:
                yield _key(view, relation, key, catalog.relations[key.target])


def call_matrix(view: View) -> dict[str, dict[str, tuple[str, ...]]]:
    """By code file and qualified name, the operations that the file asks for."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for name, uses in view.asking.items():
        for use in uses:
            operations = found.setdefault(use.path, {}).setdefault(name, {})
            asked = use.reference.operation if use.reference.kind == "table" else None
            operations[asked or use.reference.kind] = None
    return {
        path: {name: tuple(sorted(operations)) for name, operations in sorted(tables.items())}
        for path, tables in sorted(found.items())
    }


def _own(view: View) -> list[Relation]:
    """What the migrations are to make, in the order in which they name it."""
    order = {each.path: number for number, each in enumerate(view.project.schema.migrations)}
    own = [
        relation
        for relation in view.project.intended.relations.values()
        if relation.place is not None
        and not relation.managed
        and relation.kind in QUERYABLE
        and relation.partition_of is None
        and view.project.intended.schema_of(relation) != "pg_temp"
    ]
    return sorted(own, key=lambda each: (order.get(each.place.path, 0), each.place.span) if each.place else (0, None))


def _row(view: View, relation: Relation) -> TableRow:
    catalog = view.project.intended
    schema = catalog.schema_of(relation)
    name = catalog.qualified(relation)
    built = view.project.catalog.relation(schema, relation.name) is not None
    mention = view.mention(name)
    return TableRow(
        name=name,
        kind=relation.kind.replace("_", " "),
        state="built" if built else "fails",
        at=view.spot(relation.place) if relation.place else None,
        columns=tuple(column.name for column in relation.columns),
        calls=_calls(view, name),
        exposed=schema in view.project.schema.exposed,
        rls=relation.rls,
        policies=tuple(
            PolicyRow(each.name, each.command, each.roles, view.spot(each.place)) for each in relation.policies
        ),
        private=_is_private(relation),
        documented=(mention is not None) if view.model and relation.kind in TABLE_LIKE else None,
    )


def _is_private(relation: Relation) -> bool:
    """True when each policy by which rows are read asks for the user's own, and for nothing else."""
    reading = [each for each in relation.policies if each.command in ("select", "all") and each.permissive]
    return relation.rls and bool(reading) and all(_OWN_ROWS.fullmatch(each.using or "") for each in reading)


def _absent(view: View, name: str, state: TableState) -> TableRow:
    near = [each for each in view.candidates.get(name, ()) if state == "missing" and each.score >= LIKELY]
    meant = [each.name for entry in view.entries if entry.subject == name for each in entry.suggestions]
    documented = view.mention(name) is not None if view.model else None
    hinted = view.project.schema.hinted(Missing("relation", *name.split(".", 1)))
    perhaps = tuple(view.project.intended.qualified(each.relation) for each in near[:_NAMED]) or tuple(meant[:_NAMED])
    exposed = name.partition(".")[0] in view.project.schema.exposed
    return TableRow(
        name=name,
        kind="table",
        state=state,
        calls=_calls(view, name),
        exposed=exposed,
        documented=documented,
        perhaps=() if hinted else perhaps,
        hinted=hinted,
    )


def _missing(view: View, named: set[str]) -> Iterator[TableRow]:
    wanted = [subject(want.missing) for want in view.project.replay.wants if want.missing.kind == "relation"]
    found = [entry.subject for entry in view.entries if entry.code in ("FC101", "FC102")]
    for name in dict.fromkeys((*found, *wanted)):
        yield _absent(view, name, "missing")


def _hinted(view: View, named: set[str]) -> Iterator[TableRow]:
    schema = view.project.schema
    declared = {(each.schema or "public", each.name) for each in schema.declared if each.kind == "relation"}
    for each in sorted({*declared, *schema.typed}):
        name = ".".join(each)
        if name in view.asking:
            yield _absent(view, name, "hinted")


def _modelled(view: View, named: set[str]) -> Iterator[TableRow]:
    for each in view.model:
        if each.standing == "absent":
            yield _absent(view, subject(missing_of(each.entity)), "modelled")


def _calls(view: View, name: str) -> int:
    return sum(not use.test for use in view.asking.get(name, ()))


def _key(view: View, relation: Relation, key: Constraint, target: Relation) -> KeyRow:
    catalog = view.project.intended
    return KeyRow(
        name=key.name,
        table=catalog.qualified(relation),
        columns=relation.names_of(key.columns),
        target=catalog.qualified(target),
        target_columns=target.names_of(key.target_columns) or ("id",),
        on_delete=key.on_delete,
        state=_key_state(view, relation, key, target),
        at=view.spot(key.place) if key.place else None,
    )


def _key_state(view: View, relation: Relation, key: Constraint, target: Relation) -> KeyState:
    catalog = view.project.catalog
    schema = view.project.intended.schema_of(target)
    if target.place is None and not target.managed and catalog.relation(schema, target.name) is None:
        return "no target"
    there = catalog.relation(view.project.intended.schema_of(relation), relation.name)
    return "built" if there is not None and there.constraint(key.name) is not None else "fails"
