"""Code listens to the changes of a table that is in no publication for Realtime.

The subscription succeeds, and nothing ever comes. Realtime sends what the publication `supabase_realtime` holds; a
migration adds a table with `alter publication supabase_realtime add table …`. The dashboard has a switch for it too, which
no file shows: where no migration adds any table, the finding is told as less certain.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table rooms (id bigint primary key);
create table messages (id bigint primary key);
alter table rooms enable row level security;
alter table messages enable row level security;
alter publication supabase_realtime add table rooms;
```

```ts app/chat.ts
supabase.channel('chat').on('postgres_changes', { event: '*', schema: 'public', table: 'messages' }, show).subscribe();
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table rooms (id bigint primary key);
create table messages (id bigint primary key);
alter table rooms enable row level security;
alter table messages enable row level security;
alter publication supabase_realtime add table rooms, messages;
```

```ts app/chat.ts
supabase.channel('chat').on('postgres_changes', { event: '*', schema: 'public', table: 'messages' }, show).subscribe();
```

## What the database answers

Nothing: the channel stays silent.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful

PUBLICATION = "supabase_realtime"


def check(project: Project) -> Iterator[Finding]:
    """A finding for each subscription, on the table's name."""
    for use in project.uses_of("realtime"):
        relation = use.relation
        if relation is None or not use.certain or relation.managed or _published(project, relation):
            continue
        # A statement that was refused may have been the one that adds the table.
        if any("publication" in failure.kind.lower() for failure in project.replay.failures):
            continue
        if not doubtful(project, use.qualified, project.doubts(PUBLICATION, "publication")):
            yield _finding(project, use, relation)


def _published(project: Project, relation: Relation) -> bool:
    publication = project.catalog.publications.get(PUBLICATION)
    if publication is None:
        return False
    schema = project.catalog.schema_of(relation)
    return publication.all_tables or relation.oid in publication.tables or schema in publication.schemas


def _finding(project: Project, use: Use, relation: Relation) -> Finding:
    publication = project.catalog.publications.get(PUBLICATION)
    used = publication is not None and bool(publication.tables)
    view = relation.kind in ("view", "materialized_view")
    table = project.catalog.qualified(relation)
    return Finding(
        "FC116",
        Severity.WARNING,
        f"`{table}` is a view, which sends no changes"
        if view
        else f"no migration adds `{table}` to the publication `{PUBLICATION}`, so no change of it is ever sent",
        table,
        use.place,
        "Listen to the tables that it reads."
        if view
        else f"Add it in a migration: alter publication {PUBLICATION} add table {table};",
        "high" if used or view else "medium",
        None,
        (Related(relation.place, "created here"),) if relation.place is not None else (),
    )


RULE = Rule("FC116", "not-published", Severity.WARNING, "changes of a table that is outside the publication", check)
