"""A table has row level security and no policy: only the service role gets through.

With row level security on, whatever no policy allows is refused: the app's users read no rows, without an error, and what
they write is turned down. That is right for a table that only the server touches with the service role; else a policy is
missing.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id), body text);
alter table notes enable row level security;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('body');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id), body text);
alter table notes enable row level security;
create policy "own notes" on notes for select to authenticated using ((select auth.uid()) = user_id);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('body');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import doubts_of, exposed_tables, reachable
from analyzer.link import Project
from analyzer.model.finding import Finding, Severity
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such table, where it is created."""
    # A table's policy that the database refuses is missing for another reason, and that one is told.
    refused = {(each.schema, each.name) for each in project.replay.lost if each.kind == "policy"}
    for relation in exposed_tables(project):
        if (
            relation.rls
            and not relation.policies
            and (project.catalog.schema_of(relation), relation.name) not in refused
            and reachable(project, relation, "select", "insert", "update", "delete")
        ):
            qualified = project.catalog.qualified(relation)
            if relation.place and not doubtful(project, qualified, doubts_of(project, relation, "create", "policy")):
                yield Finding(
                    "FC302",
                    Severity.INFO,
                    f"`{qualified}` has row level security and no policy: only the service role gets through",
                    qualified,
                    relation.place,
                    "Add policies for those who need it, or leave it so if only the server reads and writes it.",
                )


RULE = Rule(
    "FC302",
    "rls-without-policy",
    Severity.INFO,
    "row level security is on, and no policy lets anyone in",
    check,
)
