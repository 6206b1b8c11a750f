"""Two migrations have the same version, the digits that their names begin with.

The version is the primary key of the table in which the CLI notes what was applied, so the second file fails, and
everything after it is not applied.

## Bad

```sql supabase/migrations/20250101000000_notes.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250101000000_tags.sql
create table tags (id uuid primary key);
alter table tags enable row level security;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_notes.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250101000001_tags.sql
create table tags (id uuid primary key);
alter table tags enable row level security;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## What the database answers

`ERROR: duplicate key value violates unique constraint "schema_migrations_pkey" (SQLSTATE 23505)`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.inventory import Migration
from analyzer.model.span import Place, Span
from analyzer.rule import Rule


def check(project: Project) -> Iterator[Finding]:
    """A finding for each file whose version an earlier one has."""
    first: dict[str, Migration] = {}
    for migration in project.schema.migrations:
        earlier = first.setdefault(migration.version, migration)
        if migration.version and earlier is not migration:
            yield _finding(migration, earlier)


def _finding(migration: Migration, earlier: Migration) -> Finding:
    return Finding(
        "FC205",
        Severity.ERROR,
        f"the version {migration.version} is that of another migration, so this one cannot be applied",
        migration.version,
        Place(migration.path, Span(0, 0)),
        "Give this file a version of its own, later than the other's.",
        "high",
        Prediction("23505", "migration"),
        (Related(Place(earlier.path, Span(0, 0)), "this one has the version, too"),),
    )


RULE = Rule("FC205", "duplicate-version", Severity.ERROR, "two migrations with one version", check, meant=False)
