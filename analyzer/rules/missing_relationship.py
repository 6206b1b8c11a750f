"""A select list embeds a table with which there is no relationship.

PostgREST embeds along foreign keys: from either end, through a junction whose primary key holds both foreign keys, and
through views that show the columns of the key. Both tables must be in the schema of the request, so that a foreign key to
`auth.users` cannot be embedded. The finding says which of these fails.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table companies (id bigint primary key, name text);
create table deals (id bigint primary key, company_id bigint);
alter table companies enable row level security;
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, companies(name)');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table companies (id bigint primary key, name text);
create table deals (id bigint primary key, company_id bigint references companies);
alter table companies enable row level security;
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, companies(name)');
```

## What the database answers

`400 PGRST200 Could not find a relationship between 'deals' and 'companies' in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import QUERYABLE, Missing, Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Embed
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each embed, on the name of what is embedded."""
    for use in project.uses:
        for outer, inner in project.edges(use) if use.alone else ():
            if use.schema is not None and outer.relation is not None and inner.embed is not None and not inner.found:
                yield from _judged(project, use, use.schema, outer.relation, inner.embed)


def _judged(project: Project, use: Use, schema: str, outer: Relation, embed: Embed) -> Iterator[Finding]:
    target = project.catalog.relation(schema, embed.target.text)
    if target is not None and target.kind not in QUERYABLE:
        target = None
    subject = f"{project.catalog.qualified(outer)}.{embed.target.text}"
    if not _known_otherwise(project, schema, outer, target, embed, subject):
        yield _finding(project, use, schema, outer, target, embed, subject)


def _known_otherwise(
    project: Project, schema: str, outer: Relation, target: Relation | None, embed: Embed, subject: str
) -> bool:
    """True where a gap, a refused statement or the generated types could explain that nothing is found."""
    name = embed.target.text
    if target is None and project.schema.hinted(Missing("relation", schema, name)):
        project.withhold(subject)
        return True
    if project.lost("relation", schema, name) or any(
        project.lost("constraint", project.catalog.schema_of(each), each.name, kind)
        for each in (outer, target)
        if each is not None
        for kind in ("foreign key", "primary key", "unique")
    ):
        return True
    if outer.open or outer.managed or (target is not None and (target.open or target.managed)):
        return True
    doubts = [*project.doubts(name, "create", "table"), *project.doubts(outer.name, "references")]
    return doubtful(project, subject, tuple(each for each in doubts if _may_relate(each.words)))


def _may_relate(words: frozenset[str]) -> bool:
    return not words.isdisjoint(("references", "foreign", "function", "view", "table"))


def _finding(
    project: Project, use: Use, schema: str, outer: Relation, target: Relation | None, embed: Embed, subject: str
) -> Finding:
    reason, help_, related = _reason(project, schema, outer, target, embed)
    place = Place(use.path, embed.target.span)
    message = f"`{outer.name}` and `{embed.target.text}` have no relationship to embed by: {reason}"

    return Finding("FC106", Severity.ERROR, message, subject, place, help_, "high", Prediction("PGRST200"), related)


_Reason = tuple[str, str, tuple[Related, ...]]


def _reason(project: Project, schema: str, outer: Relation, target: Relation | None, embed: Embed) -> _Reason:
    name = embed.target.text
    if target is not None and embed.hint is not None:
        return _hint(project, outer, target, embed.hint.text)
    if target is not None:
        return _no_key(project, outer, target)
    column = outer.column(name)
    if column is not None:
        return _column(project, schema, outer, name)
    elsewhere = [
        each
        for each in project.catalog.relations.values()
        if each.name == name and each.kind in QUERYABLE and project.catalog.schema_of(each) != schema
    ]
    if elsewhere:
        other = project.catalog.schema_of(elsewhere[0])
        return (
            f"`{name}` is in schema `{other}`, and a request to `{schema}` embeds nothing outside it",
            f"Embed a view in `{schema}` instead, or ask for the rows in a request of their own.",
            (),
        )
    return (
        f"no migration creates `{schema}.{name}`, and no foreign key has that name",
        f"Create `{name}` with a foreign key, or embed what exists.",
        (),
    )


def _hint(project: Project, outer: Relation, target: Relation, hint: str) -> _Reason:
    ways = project.api.relationships.between(outer.oid, target.oid)
    if not ways:
        return _no_key(project, outer, target)
    names = dict.fromkeys(way.name for way in ways)
    if outer.oid == target.oid:
        columns = dict.fromkeys(way.pairs[0][1] for way in ways if way.cardinality == "one-to-many" and way.pairs)
        return (
            f"the hint `{hint}` is none of the columns by which `{outer.name}` refers to itself",
            f"`{target.name}!column` gives the children, and the column's own name the parent: {listed(columns)}.",
            (),
        )
    return (
        f"no relationship between them is called `{hint}`",
        f"The hints that fit are {listed(names)}.",
        (),
    )


def _column(project: Project, schema: str, outer: Relation, name: str) -> _Reason:
    number = next(column.number for column in outer.columns if column.name == name)
    for key in outer.constraints:
        target = project.catalog.relations.get(key.target or 0)
        if key.kind == "foreign key" and key.columns == (number,) and target is not None:
            other = project.catalog.schema_of(target)
            if other != schema:
                related = (Related(key.place, "the foreign key"),) if key.place is not None else ()
                return (
                    f"`{outer.name}.{name}` refers to `{other}.{target.name}`, outside the schema `{schema}`",
                    f"Refer to a table in `{schema}`, such as a profile for each user, and embed that.",
                    related,
                )
    related = (Related(outer.place, f"`{outer.name}` is created here"),) if outer.place is not None else ()
    return (
        f"`{name}` is a column of `{outer.name}` without a foreign key",
        "Add the foreign key in a migration.",
        related,
    )


def _no_key(project: Project, outer: Relation, target: Relation) -> _Reason:
    related = tuple(
        Related(each.place, f"`{each.name}` is created here") for each in (outer, target) if each.place is not None
    )
    for junction in project.catalog.relations.values():
        if {outer.oid, target.oid} <= {key.target for key in junction.constraints if key.kind == "foreign key"}:
            return (
                f"`{junction.name}` refers to both, and its primary key does not hold both foreign keys",
                f"Embed by way of it: `{junction.name}({target.name}(…))`; or make the key of both columns.",
                related,
            )
    views = [each.name for each in (outer, target) if each.kind in ("view", "materialized_view")]
    if views:
        return (
            f"the view {listed(views)} shows no column of a foreign key between them",
            "Select the column of the key in the view, by itself and not within an expression or a UNION.",
            related,
        )
    return (
        "no foreign key joins them",
        "Add the foreign key in a migration, or ask for the rows in two requests.",
        related,
    )


RULE = Rule("FC106", "missing-relationship", Severity.ERROR, "an embed without a foreign key to follow", check)
