"""The columns of `onConflict` carry no unique key.

PostgreSQL can only tell a conflict by a unique constraint, or by a unique index over just these columns that covers the
whole table. Without `onConflict`, PostgREST takes the primary key.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table settings (id bigint primary key, user_id uuid not null, theme text);
alter table settings enable row level security;
```

```ts app/settings.ts
await supabase.from('settings').upsert({ id: 1, user_id: user.id, theme: 'dark' }, { onConflict: 'user_id' });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table settings (id bigint primary key, user_id uuid not null unique, theme text);
alter table settings enable row level security;
```

```ts app/settings.ts
await supabase.from('settings').upsert({ id: 1, user_id: user.id, theme: 'dark' }, { onConflict: 'user_id' });
```

## What the database answers

`400 42P10 there is no unique or exclusion constraint matching the ON CONFLICT specification`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import TABLE_LIKE, Index, Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Name
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each upsert, on the first of its columns."""
    for use in project.uses_of("table"):
        request, relation = use.reference.request, use.relation
        if request is None or not request.conflict or relation is None or not use.alone:
            continue
        if relation.kind not in TABLE_LIKE or relation.open or relation.managed or request.gap("conflict"):
            continue
        if all(relation.column(name.text) for name in request.conflict) and not _keyed(
            project, relation, request.conflict
        ):
            yield from _judged(project, use, relation, request.conflict)


def _keyed(project: Project, relation: Relation, names: tuple[Name, ...]) -> bool:
    wanted = {name.text for name in names}
    keys = [each for each in relation.constraints if each.kind in ("primary key", "unique")]
    if any(set(relation.names_of(key.columns)) == wanted for key in keys):
        return True
    whole = [each for each in project.catalog.indexes_of(relation.oid) if each.unique and not each.partial]
    return any(_columns(relation, index) == wanted for index in whole)


def _columns(relation: Relation, index: Index) -> set[str] | None:
    """The columns of an index; None when it has an expression."""
    plain = [number for number in index.columns if number is not None]
    return set(relation.names_of(plain)) if len(plain) == len(index.columns) else None


def _judged(project: Project, use: Use, relation: Relation, names: tuple[Name, ...]) -> Iterator[Finding]:
    table = project.catalog.qualified(relation)
    subject = f"{table}({','.join(name.text for name in names)})"
    schema = project.catalog.schema_of(relation)
    if any(project.lost("constraint", schema, relation.name, kind) for kind in ("unique", "primary key")):
        return
    if not doubtful(project, subject, project.doubts(relation.name, "unique")):
        yield _finding(project, use, relation, names, subject)


def _finding(project: Project, use: Use, relation: Relation, names: tuple[Name, ...], subject: str) -> Finding:
    keys = [each for each in relation.constraints if each.kind in ("primary key", "unique")]
    there = [f"({', '.join(relation.names_of(key.columns))})" for key in keys]
    listing = f"Its unique keys are {listed(there)}. " if there else "It has none. "
    columns = listed(name.text for name in names)
    return Finding(
        "FC109",
        Severity.ERROR,
        f"`{project.catalog.qualified(relation)}` has no unique key of just {columns}, so this upsert fails",
        subject,
        Place(use.path, names[0].span),
        f"{listing}Add a unique constraint in a migration, or name the columns of one.",
        "high",
        Prediction("42P10"),
        tuple(_near(project, relation, names)),
    )


def _near(project: Project, relation: Relation, names: tuple[Name, ...]) -> Iterator[Related]:
    wanted = {name.text for name in names}
    for index in project.catalog.indexes_of(relation.oid):
        if index.unique and index.partial and _columns(relation, index) == wanted and index.place is not None:
            yield Related(index.place, "this unique index has a WHERE, so it does not count")
    if relation.place is not None:
        yield Related(relation.place, f"`{relation.name}` is created here")


RULE = Rule("FC109", "no-conflict-target", Severity.ERROR, "the columns of onConflict carry no unique key", check)
