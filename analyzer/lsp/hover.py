"""What the schema knows about a thing, and what a finding's rule says, in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzer.link import Project
from analyzer.lsp.mentions import Thing
from analyzer.model.catalog import Column, Function, Relation
from analyzer.model.span import Place

Shown = Callable[[Place], str]


def described(thing: Thing, shown: Shown) -> str:
    """The thing as people want to see it; ``shown`` says a place in words."""
    return "\n".join(_lines(thing, shown))


def _lines(thing: Thing, shown: Shown) -> Iterator[str]:
    project = thing.project
    if thing.column is not None and thing.relation is not None:
        yield _sql([f"{project.catalog.qualified(thing.relation)}.{_column(project, thing.column)}"])
    elif thing.relation is not None:
        yield from _relation(project, thing.relation)
    elif thing.bucket is not None:
        yield f"bucket `{thing.bucket.id}`, {'public' if thing.bucket.public else 'private'}"
    else:
        yield _sql([_function(project, each) for each in thing.functions])
    if thing.places:
        yield f"\nCreated in {', '.join(map(shown, thing.places))}"


def _relation(project: Project, relation: Relation) -> Iterator[str]:
    head = f"{relation.kind.replace('_', ' ')} {project.catalog.qualified(relation)}"
    yield _sql([head, *(f"  {_column(project, each)}" for each in relation.columns)])
    if relation.kind in ("table", "partitioned_table"):
        yield f"Row level security is {'on' if relation.rls else '**off**'}."
    for policy in relation.policies:
        yield f"- policy {policy.name}: {policy.command} for {', '.join(policy.roles) or 'public'}"


def _column(project: Project, column: Column) -> str:
    parts = [column.name, project.catalog.spell(column.type)]
    parts += ["not null"] * (not column.nullable) + [f"default {column.default}"] * (column.default is not None)
    return " ".join(parts)


def _function(project: Project, function: Function) -> str:
    given = ", ".join(
        " ".join(filter(None, (each.name, project.catalog.spell(each.type), "default" * each.default)))
        for each in function.inputs()
    )
    returns = project.catalog.spell(function.returns) if function.returns else "table" * function.returns_set
    set_of = "setof " if function.returns_set and function.returns else ""
    return f"{project.catalog.qualified(function)}({given})" + (f" returns {set_of}{returns}" if returns else "")


def _sql(lines: list[str]) -> str:
    return "\n".join(("```sql", *lines, "```"))
