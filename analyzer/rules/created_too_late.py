"""A migration needs something that only a later migration creates.

Migrations run in the order of their file names. A table that is created in the last file is not there for the first
one, so a new database cannot be built, although the live one has everything.

## Bad

```sql supabase/migrations/20250101000000_campaigns.sql
create table campaigns (id uuid primary key, persona_id uuid references personas (id));
alter table campaigns enable row level security;
```

```sql supabase/migrations/20250201000000_personas.sql
create table personas (id uuid primary key);
alter table personas enable row level security;
```

```ts app/campaigns.ts
const { data } = await supabase.from('personas').select('id');
```

## Good

```sql supabase/migrations/20241231000000_personas.sql
create table personas (id uuid primary key);
alter table personas enable row level security;
```

```sql supabase/migrations/20250101000000_campaigns.sql
create table campaigns (id uuid primary key, persona_id uuid references personas (id));
alter table campaigns enable row level security;
```

```ts app/campaigns.ts
const { data } = await supabase.from('personas').select('id');
```

## What the database answers

`ERROR: relation "personas" does not exist (SQLSTATE 42P01)`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Missing, Want
from analyzer.model.finding import Finding, Prediction, Related, Severity, Suggestion
from analyzer.model.span import Place
from analyzer.model.version import version_before
from analyzer.rule import Rule, consequences, said, subject


def check(project: Project) -> Iterator[Finding]:
    """A finding for each place that needs it too early, with the file to move."""
    for want in project.replay.wants:
        if want.later is not None:
            yield _finding(project, want, want.later)


def _finding(project: Project, want: Want, later: Place) -> Finding:
    failure = project.replay.failures[want.failure]
    name = subject(want.missing)
    who = f"`{want.source}` points at" if want.source else "this statement needs"
    new_path = _earlier_path(project, want.missing, later)
    return Finding(
        "FC202",
        Severity.CRITICAL,
        f"{who} {said(want.missing)}, which only a later statement creates{consequences(project, want.failure)}",
        name,
        want.place,
        _advice(want, later, new_path),
        "high",
        Prediction(failure.sqlstate, "migration"),
        (Related(later, f"`{name}` is created here, after it is needed"),),
        (Suggestion("rename-file", new_path, 1.0, ("sorts before the first file that needs it",)),) if new_path else (),
    )


def _advice(want: Want, later: Place, new_path: str | None) -> str:
    if later.path == want.place.path:
        return "Move the statement that creates it above this one."
    if new_path is None:
        return f"Move `{later.path}` before `{want.place.path}`: give it an earlier timestamp."
    return f"Rename `{later.path}` to `{new_path}`, so that it runs before the first file that needs it."


def _earlier_path(project: Project, missing: Missing, later: Place) -> str | None:
    """The path that would make the creating file run just before its first user, where a free version is found.

    None where the files have no versions, since then something else than their names puts them in order.
    """
    migrations = project.schema.migrations
    users = {want.place.path for want in project.replay.wants if want.missing == missing}
    positions = [number for number, each in enumerate(migrations) if each.path in users]
    moved = next((each for each in migrations if each.path == later.path), None)
    if moved is None or not positions or later.path in users:
        return None
    version = version_before(migrations, positions[0])
    folder, _, file = moved.path.rpartition("/")
    return None if version is None else f"{folder}/{version}{file[len(moved.version) :]}"


RULE = Rule(
    "FC202",
    "created-too-late",
    Severity.CRITICAL,
    "a migration needs something that only a later one creates",
    check,
    meant=False,
)
