"""A table in an exposed schema has no row level security.

Everybody who has the app's public key can read the table, and write to it, through the REST API. Row level security has
to be switched on for each table, and policies then say who may do what. A table that neither `anon` nor `authenticated` has
a grant on is left alone.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table social_platforms (id uuid primary key);
```

```ts app/platforms.ts
const { data } = await supabase.from('social_platforms').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table social_platforms (id uuid primary key);
alter table social_platforms enable row level security;
create policy "everyone reads" on social_platforms for select using (true);
```

```ts app/platforms.ts
const { data } = await supabase.from('social_platforms').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import doubts_of, exposed_tables, reachable
from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Severity
from analyzer.rule import Rule, doubtful, times


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such table that the API's roles may reach, where it is created."""
    for relation in exposed_tables(project):
        if not relation.rls and reachable(project, relation, "select", "insert", "update", "delete"):
            qualified = project.catalog.qualified(relation)
            if not doubtful(project, qualified, doubts_of(project, relation, "row", "level", "security")):
                yield _finding(project, relation, qualified)


def _finding(project: Project, relation: Relation, qualified: str) -> Finding:
    assert relation.place is not None
    idle = len(relation.policies)
    also = f"; its {times(idle, 'policy does', 'policies do')} nothing while it is off" if idle else ""
    in_public = project.catalog.schema_of(relation) == "public"
    return Finding(
        "FC301",
        Severity.CRITICAL if in_public else Severity.ERROR,
        f"`{qualified}` has no row level security: whoever has the public key can read and change it{also}",
        qualified,
        relation.place,
        f"Add `alter table {qualified} enable row level security;` and policies for those who need it.",
        "high" if in_public else "medium",
    )


RULE = Rule(
    "FC301",
    "rls-disabled",
    Severity.CRITICAL,
    "a table in an exposed schema has no row level security",
    check,
)
