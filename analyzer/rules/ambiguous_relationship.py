"""Several relationships fit an embed, and PostgREST does not choose.

Two foreign keys to the same table are enough, and so are a foreign key and a junction. A hint after `!` says which one is
meant: the name of the constraint, of the column, or of the junction.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table people (id bigint primary key, name text);
create table letters (id bigint primary key, author_id bigint references people, reader_id bigint references people);
alter table people enable row level security;
alter table letters enable row level security;
```

```ts app/letters.ts
const { data } = await supabase.from('letters').select('id, people(name)');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table people (id bigint primary key, name text);
create table letters (id bigint primary key, author_id bigint references people, reader_id bigint references people);
alter table people enable row level security;
alter table letters enable row level security;
```

```ts app/letters.ts
const { data } = await supabase.from('letters').select('id, author:people!author_id(name)');
```

## What the database answers

`300 PGRST201 Could not embed because more than one relationship was found for 'letters' and 'people'`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Embed
from analyzer.model.span import Place
from analyzer.postgrest.relationship import Relationship
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each embed, on the name of what is embedded, with the hints that would do."""
    for use in project.uses:
        for outer, inner in project.edges(use) if use.alone else ():
            if outer.relation is not None and inner.embed is not None and len(inner.found) > 1:
                yield from _judged(project, use, outer.relation, inner.embed, inner.found)


def _judged(
    project: Project, use: Use, outer: Relation, embed: Embed, found: tuple[Relationship, ...]
) -> Iterator[Finding]:
    subject = f"{project.catalog.qualified(outer)}.{embed.target.text}"
    dropped = tuple(doubt for each in found for doubt in project.doubts(each.name, "drop", "constraint"))
    if not doubtful(project, subject, dropped):
        yield _finding(project, use, outer, embed, found, subject)


def _finding(
    project: Project, use: Use, outer: Relation, embed: Embed, found: tuple[Relationship, ...], subject: str
) -> Finding:
    target = project.catalog.relations[found[0].target].name
    hints = dict.fromkeys(f"{target}!{each.name}" for each in found)
    return Finding(
        "FC107",
        Severity.ERROR,
        f"{len(found)} relationships lead from `{outer.name}` to `{embed.target.text}`, and PostgREST does not choose",
        subject,
        Place(use.path, embed.target.span),
        f"Say which: {listed(hints)}.",
        "high",
        Prediction("PGRST201"),
        tuple(_places(project, found)),
    )


def _places(project: Project, found: tuple[Relationship, ...]) -> Iterator[Related]:
    for each in found:
        table, name = each.constraint or (each.junction or 0, "")
        relation = project.catalog.relations.get(table)
        constraint = relation.constraint(name) if relation is not None and name else None
        place = constraint.place if constraint is not None else relation.place if relation is not None else None
        if place is not None:
            yield Related(place, f"{each.cardinality} by `{each.name}`")


RULE = Rule("FC107", "ambiguous-relationship", Severity.ERROR, "several foreign keys fit an embed", check)
