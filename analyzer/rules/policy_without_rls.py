"""A table has policies that do nothing, because its row level security is off.

`create policy` does not switch row level security on. Until `alter table … enable row level security` runs, every row is
open to whoever has a grant, whatever the policies say.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id));
create policy "own notes" on notes for select to authenticated using ((select auth.uid()) = user_id);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id));
alter table notes enable row level security;
create policy "own notes" on notes for select to authenticated using ((select auth.uid()) = user_id);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import doubts_of
from analyzer.link import Project
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful, listed, times


def check(project: Project) -> Iterator[Finding]:
    """A finding for each table, on its first policy."""
    for relation in project.catalog.relations.values():
        # Of a table that nobody made here it is not known whether it is off.
        known = relation.place is not None and relation.partition_of is None and not relation.managed
        if relation.rls or not known or not relation.policies:
            continue
        qualified, first = project.catalog.qualified(relation), relation.policies[0]
        if not doubtful(project, qualified, doubts_of(project, relation, "row", "level", "security")):
            number = times(len(relation.policies), "policy does", "policies do")
            yield Finding(
                "FC303",
                Severity.ERROR,
                f"{number} nothing, since row level security is off for `{qualified}`:"
                f" {listed(policy.name for policy in relation.policies)}",
                qualified,
                first.place,
                f"Add `alter table {qualified} enable row level security;` to a migration.",
                related=(Related(relation.place, "the table is created here"),) if relation.place else (),
            )


RULE = Rule(
    "FC303",
    "policy-without-rls",
    Severity.ERROR,
    "policies that do nothing, since row level security is off",
    check,
)
