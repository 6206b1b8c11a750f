"""The catalogue and the references as the public JSON has them (version 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analyzer.engine.positions import Positions
from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.catalog import QUERYABLE, Catalog, Column, Constraint, Failure, Function, Relation, Type
from analyzer.model.span import Place
from analyzer.sql.template import quote

Document = dict[str, Any]


def schema_document(project: Project, positions: Positions, *, managed: bool) -> Document:
    """The catalogue after the replay; ``managed`` lists what Supabase ships, too."""
    catalog = project.catalog
    relations = [each for each in catalog.relations.values() if _listed(catalog, each, managed)]
    functions = [each for each in catalog.functions.values() if managed or _own(catalog, each)]
    enums = [each for each in catalog.types.values() if each.kind == "enum" and (managed or _own(catalog, each))]
    return {
        "version": 1,
        "relations": [_relation(catalog, each, positions) for each in sorted(relations, key=catalog.qualified)],
        "functions": sorted((_function(catalog, each) for each in functions), key=_by_signature),
        "enums": [
            {"schema": catalog.schema_of(each), "name": each.name, "labels": list(each.labels)}
            for each in sorted(enums, key=catalog.qualified)
        ],
        "buckets": [{"id": each.id, "public": each.public} for _, each in sorted(catalog.buckets.items())],
        "publications": _publications(catalog, managed),
        "replay": _replay(project, positions),
    }


def _listed(catalog: Catalog, relation: Relation, managed: bool) -> bool:
    if relation.kind not in QUERYABLE:
        return False
    if relation.managed or (catalog.schemas[relation.schema].managed and relation.place is None):
        touched = any(each.place for each in relation.policies) or any(each.place for each in relation.triggers)
        return managed or touched
    return relation.place is not None and catalog.schema_of(relation) != "pg_temp"


def _own(catalog: Catalog, thing: Function | Type) -> bool:
    return not thing.managed and catalog.schema_of(thing) != "pg_temp"


def _by_signature(function: Document) -> tuple[str, str, str]:
    return function["schema"], function["name"], str(function["args"])


def _relation(catalog: Catalog, relation: Relation, positions: Positions) -> Document:
    key = relation.primary_key
    uniques = [each for each in relation.constraints if each.kind == "unique"]
    keys = [each for each in relation.constraints if each.kind == "foreign key"]
    indexes = [each for each in catalog.indexes_of(relation.oid) if not each.constraint]
    return {
        "schema": catalog.schema_of(relation),
        "name": relation.name,
        "kind": relation.kind,
        "columns": [_column(catalog, each, positions) for each in relation.columns],
        "primary_key": list(relation.names_of(key.columns)) if key else [],
        "unique": [list(relation.names_of(each.columns)) for each in uniques],
        "foreign_keys": [_foreign_key(catalog, relation, each) for each in keys],
        "indexes": [
            {
                "name": each.name,
                "columns": list(relation.names_of(number for number in each.columns if number is not None)),
                "unique": each.unique,
            }
            for each in indexes
        ],
        "rls": relation.rls,
        "policies": [
            {"name": each.name, "command": each.command, "roles": list(each.roles)} for each in relation.policies
        ],
        "triggers": [
            {"name": each.name, "function": _function_name(catalog, each.function)} for each in relation.triggers
        ],
        "defined_at": _at(relation.place, positions),
    }


def _column(catalog: Catalog, column: Column, positions: Positions) -> Document:
    return {
        "name": column.name,
        "type": catalog.spell(column.type),
        "nullable": column.nullable,
        "default": column.default,
        "generated": column.generated,
        "identity": column.identity,
        "defined_at": _at(column.place, positions),
    }


def _foreign_key(catalog: Catalog, relation: Relation, key: Constraint) -> Document:
    target = catalog.relations[key.target or 0]
    return {
        "name": key.name,
        "columns": list(relation.names_of(key.columns)),
        "references": {
            "schema": catalog.schema_of(target),
            "table": target.name,
            "columns": list(target.names_of(key.target_columns)),
        },
        "on_delete": key.on_delete,
    }


def _function_name(catalog: Catalog, oid: int) -> str | None:
    function = catalog.functions.get(oid)
    return catalog.qualified(function) if function else None


def _function(catalog: Catalog, function: Function) -> Document:
    return {
        "schema": catalog.schema_of(function),
        "name": function.name,
        "returns": _returns(catalog, function),
        "args": [
            {"name": each.name, "type": catalog.spell(each.type), "default": each.default, "mode": each.mode}
            for each in function.inputs()
        ],
    }


def _returns(catalog: Catalog, function: Function) -> str | None:
    if function.procedure:
        return None
    if function.returns is None:
        outputs = [each for each in function.parameters if each.mode in ("out", "inout", "table")]
        rows = ", ".join(
            f"{quote(each.name, 'I') if each.name else ''} {catalog.spell(each.type)}".strip() for each in outputs
        )
        return f"TABLE({rows})" if function.returns_set else "record" if len(outputs) > 1 else rows.split(" ", 1)[-1]
    return ("SETOF " if function.returns_set else "") + catalog.spell(function.returns)


def _publications(catalog: Catalog, managed: bool) -> list[Document]:
    return [
        {
            "name": each.name,
            "tables": sorted(catalog.qualified(catalog.relations[oid]) for oid in each.tables),
        }
        for _, each in sorted(catalog.publications.items())
        if managed or each.tables or not each.managed
    ]


def _replay(project: Project, positions: Positions) -> Document:
    replay = project.replay
    return {
        "clean": replay.clean,
        "first_failure": _failure(replay.first_failure, positions) if replay.first_failure else None,
        "failures": [_failure(each, positions) for each in replay.failures],
    }


def _failure(failure: Failure, positions: Positions) -> Document:
    line = positions.start(failure.place).line
    return {"path": failure.place.path, "line": line, "sqlstate": failure.sqlstate, "message": failure.message}


def _at(place: Place | None, positions: Positions) -> Document | None:
    if place is None:
        return None
    position = positions.start(place)
    return {"path": place.path, "line": position.line, "column": position.column}


def references_document(projects: Iterable[Project], positions: Positions) -> Document:
    """Every reference that was resolved, and every call whose name could not be known."""
    projects = tuple(projects)
    uses = [_use(use, positions) for project in projects for use in project.uses]
    unresolved = [
        {
            "path": path,
            "line": positions.start(Place(path, each.span)).line,
            "column": positions.start(Place(path, each.span)).column,
            "kind": each.kind,
            "reason": each.reason,
        }
        for project in projects
        for path, each in project.unresolved
    ]
    order = ("path", "line", "column")
    return {
        "version": 1,
        "references": sorted(uses, key=lambda each: [*(each[key] for key in order), each["kind"], each["name"]]),
        "unresolved": sorted(unresolved, key=lambda each: [each[key] for key in order]),
    }


def _use(use: Use, positions: Positions) -> Document:
    region = positions.region(use.place)
    in_schema = use.reference.kind in ("table", "function", "realtime", "type")
    return {
        "path": use.path,
        "line": region.start.line,
        "column": region.start.column,
        "end_line": region.end.line,
        "end_column": region.end.column,
        "kind": use.reference.kind,
        "schema": (use.schema or DEFAULT_SCHEMA) if in_schema else None,
        "name": use.name.text,
        "via": use.name.via,
        "client": use.reference.client,
        "operation": use.reference.operation,
        "columns": [column.text for column in use.reference.columns],
        "test": use.test,
    }
