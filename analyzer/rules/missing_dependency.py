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

from analyzer.link import Project, SkippedCreation
from analyzer.model.catalog import Missing, Want
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.span import Place
from analyzer.rule import BROUGHT, Rule, consequences, said, shipped, subject


def check(project: Project) -> Iterator[Finding]:
    """A finding for each place in a migration that names what is never created."""
    for want in project.replay.wants:
        if want.later is None:
            yield _finding(project, want)


def _finding(project: Project, want: Want) -> Finding:
    failure = project.replay.failures[want.failure]
    needs = said(want.missing)
    elsewhere = project.schema.declared.get(want.missing)
    skipped = project.schema.skipped_creation(want.missing)
    who = f"`{want.source}` points at" if want.source else "this statement needs"
    return Finding(
        "FC201",
        Severity.CRITICAL,
        f"{who} {needs}, which {_creates(skipped)}{consequences(project, want.failure)}",
        subject(want.missing),
        want.place,
        _advice(want.missing, elsewhere, skipped),
        "high",
        Prediction(failure.sqlstate, "migration"),
        tuple(_created(elsewhere, skipped)),
    )


def _creates(skipped: SkippedCreation | None) -> str:
    return "only a file that is never applied creates" if skipped else "no migration creates"


def _advice(missing: Missing, elsewhere: Place | None, skipped: SkippedCreation | None) -> str:
    if skipped is not None:
        return "Rename that file to `<timestamp>_name.sql`, with a time before this one's, so that it is applied."
    if missing.kind == "relation" and missing.name in BROUGHT:
        return f"{shipped(missing.name)}, in a migration that sorts before this one."
    needs = said(missing)
    how = f"Put what creates {needs} into" if elsewhere else f"Create {needs} in"
    return f"{how} a migration that sorts before this one."


def _created(elsewhere: Place | None, skipped: SkippedCreation | None) -> Iterator[Related]:
    if skipped is not None:
        yield Related(skipped.place, "it is created here, in a file that is never applied")
    elif elsewhere is not None:
        yield Related(elsewhere, "it is created here, in a file that is no migration")


RULE = Rule(
    "FC201",
    "missing-dependency",
    Severity.CRITICAL,
    "a migration needs something that no migration creates",
    check,
    meant=False,
)
