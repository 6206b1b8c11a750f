"""What may stand at the cursor, out of the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol.types import CompletionItem, CompletionItemKind

from analyzer.link import DEFAULT_SCHEMA, Project
from analyzer.lsp.asked import Asked, asked
from analyzer.model.catalog import QUERYABLE, Relation


def completions(project: Project, before: str) -> list[CompletionItem]:
    """The names that fit where the text stops; none where it asks for nothing of the schema."""
    wanted = asked(before)
    return list(_items(project, wanted)) if wanted is not None else []


def _items(project: Project, wanted: Asked) -> Iterator[CompletionItem]:
    schema = wanted.schema or DEFAULT_SCHEMA
    if wanted.kind == "relation":
        yield from (_relation(project, each) for each in _relations(project, schema))
    elif wanted.kind == "bucket":
        yield from _plain(sorted(project.catalog.buckets.keys() | project.schema.buckets), "bucket")
    elif wanted.kind == "edge_function":
        yield from _plain(sorted(project.schema.edge_functions), "edge function")
    elif wanted.kind == "function":
        yield from _functions(project, schema)
    elif wanted.kind == "argument":
        yield from _arguments(project, schema, wanted.table)
    else:
        relation = _relation_at(project, schema, (wanted.table, *wanted.within))
        if relation is not None:
            yield from _columns(project, relation)
            if wanted.kind == "selected":
                yield from _embeds(project, schema, relation)


def _relations(project: Project, schema: str) -> list[Relation]:
    found = (each for each in project.catalog.relations.values() if each.kind in QUERYABLE)
    ours = (each for each in found if each.partition_of is None and project.catalog.schema_of(each) == schema)
    return sorted(ours, key=lambda each: each.name)


def _relation(project: Project, relation: Relation) -> CompletionItem:
    columns = ", ".join(each.name for each in relation.columns)
    return CompletionItem(
        relation.name, kind=CompletionItemKind.Struct, detail=relation.kind.replace("_", " "), documentation=columns
    )


def _columns(project: Project, relation: Relation) -> Iterator[CompletionItem]:
    for column in relation.columns:
        told = project.catalog.spell(column.type) + ("" if column.nullable else " not null")
        yield CompletionItem(column.name, kind=CompletionItemKind.Field, detail=told)


def _embeds(project: Project, schema: str, relation: Relation) -> Iterator[CompletionItem]:
    """The relations that can be embedded in rows of this one."""
    for other in _relations(project, schema):
        if project.api.relationships.find(schema, relation.oid, other.name, None):
            yield CompletionItem(
                other.name, kind=CompletionItemKind.Reference, detail="embedded rows", insert_text=f"{other.name}("
            )


def _functions(project: Project, schema: str) -> Iterator[CompletionItem]:
    found = {
        each.name: each
        for each in project.catalog.functions.values()
        if project.catalog.schema_of(each) == schema and not each.managed and each.place is not None
    }
    for name, function in sorted(found.items()):
        names = ", ".join(f"{each.name}: {project.catalog.spell(each.type)}" for each in function.inputs())
        yield CompletionItem(name, kind=CompletionItemKind.Function, detail=f"({names})")


def _arguments(project: Project, schema: str, name: str) -> Iterator[CompletionItem]:
    found = {
        each.name: project.catalog.spell(each.type)
        for function in project.catalog.functions_named(schema, name)
        for each in function.inputs()
        if each.name
    }
    yield from (CompletionItem(key, kind=CompletionItemKind.Field, detail=told) for key, told in found.items())


def _plain(names: Iterable[str], detail: str) -> Iterator[CompletionItem]:
    return (CompletionItem(each, kind=CompletionItemKind.Value, detail=detail) for each in names)


def _relation_at(project: Project, schema: str, path: tuple[str, ...]) -> Relation | None:
    """The relation that embeds lead to, from a table on; None when one of them can't be told."""
    relation = project.catalog.relation(schema, path[0])
    for name in path[1:]:
        found = project.api.relationships.find(schema, relation.oid, name, None) if relation is not None else ()
        targets = {each.target for each in found}
        relation = project.catalog.relations[targets.pop()] if len(targets) == 1 else None
    return relation
