"""A migration creates something that is there already, without IF NOT EXISTS or OR REPLACE.

The statement fails, and `supabase db reset` stops there. It happens when a change that was made by hand is written into a
migration later, or when two people add the same thing.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250201000000_again.sql
create table notes (id uuid primary key, body text);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250201000000_again.sql
alter table notes add column if not exists body text;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## What the database answers

`ERROR: relation "notes" already exists (SQLSTATE 42P07)`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Failure
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.rule import DUPLICATES, Rule, consequences


def check(project: Project) -> Iterator[Finding]:
    """A finding for each statement that is refused because its object is there."""
    for number, failure in enumerate(project.replay.failures):
        if failure.sqlstate in DUPLICATES and failure.cause is None:
            yield _finding(project, number, failure)


def _finding(project: Project, number: int, failure: Failure) -> Finding:
    return Finding(
        "FC203",
        Severity.ERROR,
        f"this statement creates what is there already: {failure.message}{consequences(project, number)}",
        failure.message,
        failure.at,
        "Take the statement out, or say `if not exists` or `or replace` where SQL has it.",
        "high",
        Prediction(failure.sqlstate, "migration"),
    )


RULE = Rule(
    "FC203", "duplicate-object", Severity.ERROR, "a migration creates again what is there already", check, meant=False
)
