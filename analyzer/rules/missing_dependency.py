"""A migration needs a table, column, type, schema or function that no migration creates.

The statement fails, `supabase db reset` stops there, and so does everything that needs what the statement would have
made: those statements are counted, not listed.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table campaigns (id uuid primary key, persona_id uuid references personas (id));
alter table campaigns enable row level security;
```

```ts app/campaigns.ts
const { data } = await supabase.from('campaigns').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table personas (id uuid primary key);
alter table personas enable row level security;
create table campaigns (id uuid primary key, persona_id uuid references personas (id));
alter table campaigns enable row level security;
```

```ts app/campaigns.ts
const { data } = await supabase.from('campaigns').select('id');
```

## What the database answers

`ERROR: relation "personas" does not exist (SQLSTATE 42P01)`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Want
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule, consequences, said, subject


def check(project: Project) -> Iterator[Finding]:
    """A finding for each place in a migration that names what is never created."""
    for want in project.replay.wants:
        if want.later is None:
            yield _finding(project, want)


def _finding(project: Project, want: Want) -> Finding:
    failure = project.replay.failures[want.failure]
    needs = said(want.missing)
    elsewhere = project.schema.declared.get(want.missing)
    how = f"Put what creates {needs} into" if elsewhere else f"Create {needs} in"
    who = f"`{want.source}` points at" if want.source else "this statement needs"
    return Finding(
        "FC201",
        Severity.CRITICAL,
        f"{who} {needs}, which no migration creates{consequences(project, want.failure)}",
        subject(want.missing),
        want.place,
        f"{how} a migration that sorts before this one.",
        "high",
        Prediction(failure.sqlstate, "migration"),
        (Related(elsewhere, "it is created here, in a file that is no migration"),) if elsewhere else (),
    )


RULE = Rule(
    "FC201", "missing-dependency", Severity.CRITICAL, "a migration needs something that no migration creates", check
)
