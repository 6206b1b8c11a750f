"""Code listens to the changes of a table that is in no publication for Realtime, or of one that is not there.

The code runs, and nothing ever comes. Realtime sends what the publication `supabase_realtime` holds; a migration adds a
table with `alter publication supabase_realtime add table …`. The dashboard has a switch for it too, which no file shows:
where no migration adds any table, where none creates the table, and where SQL that is no migration adds it (the finding
says where), it is told as less certain. A table that no migration creates, or that one
dropped or renamed, is in no publication either; what may be made by hand is held to the same measure as for FC101.

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

from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.catalog import Departed, Missing, Relation
from analyzer.model.finding import Confidence, Finding, Related, Severity, Suggestion
from analyzer.rule import Rule, doubtful, unless

PUBLICATION = "supabase_realtime"


def check(project: Project) -> Iterator[Finding]:
    """A finding for each subscription, on the table's name."""
    for use in project.uses_of("realtime"):
        if use.certain:
            yield from _of_none(project, use) if use.relation is None else _of_unpublished(project, use, use.relation)


def _of_unpublished(project: Project, use: Use, relation: Relation) -> Iterator[Finding]:
    # A statement that was refused may have been the one that adds the table.
    refused = any("publication" in failure.kind.lower() for failure in project.replay.failures)
    if refused or relation.managed or _published(project, relation):
        return
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
    added = None if view else _added_elsewhere(project, relation)
    related = [Related(relation.place, "created here")] if relation.place is not None else []
    if added is not None:
        related.append(added)
    sure = view or (used and added is None and relation.place is not None)
    silent = "so no change of it is ever sent" if sure else "so no change of it is sent unless it was added by hand"
    return Finding(
        "FC116",
        Severity.WARNING,
        f"`{table}` is a view, which sends no changes"
        if view
        else f"no migration adds `{table}` to the publication `{PUBLICATION}`, {silent}",
        table,
        use.place,
        "Listen to the tables that it reads."
        if view
        else f"Add it in a migration: alter publication {PUBLICATION} add table {table};",
        "high" if sure else "medium",
        None,
        tuple(related),
    )


def _added_elsewhere(project: Project, relation: Relation) -> Related | None:
    """Where SQL that is no migration adds the table."""
    missing = Missing("publication", project.catalog.schema_of(relation), relation.name)
    skipped = project.schema.skipped_creation(missing)
    if skipped is not None:
        return Related(skipped.place, "this adds it, in a file that is never applied")
    declared = project.schema.declared.get(missing)
    return Related(declared, "this adds it, in a file that is no migration") if declared is not None else None


# --- what is not there ------------------------------------------------------------------------------------------------


def _of_none(project: Project, use: Use) -> Iterator[Finding]:
    schema, name = use.schema or DEFAULT_SCHEMA, use.name.text
    history = project.catalog.history("relation", schema, name)
    if project.lost("relation", schema, name):
        return
    if not history and (project.schema.hinted(Missing("relation", schema, name)) or project.made_elsewhere("table")):
        project.withhold(use.qualified)
    elif not doubtful(project, use.qualified, project.doubts(name, "create", "table")):
        yield _gone(project, use, history[-1]) if history else _unmade(project, use)


def _unmade(project: Project, use: Use) -> Finding:
    message = f"no migration creates `{use.qualified}`, so no change of it is ever sent{unless(project)}"
    advice = f"Listen to a table that exists, or create `{use.name.text}` in a migration and add it to `{PUBLICATION}`."
    confidence: Confidence = "medium" if project.shows_handwork() else "high"
    return Finding("FC116", Severity.WARNING, message, use.qualified, use.place, advice, confidence)


def _gone(project: Project, use: Use, gone: Departed) -> Finding:
    successor = project.catalog.relations.get(gone.successor or 0)
    now = project.catalog.qualified(successor) if successor is not None else ""
    is_now = f" and is now `{now}`" if now else ""
    return Finding(
        "FC116",
        Severity.WARNING,
        f"`{use.qualified}` was {gone.how} by a later migration{is_now}, so no change of it is ever sent",
        use.qualified,
        use.place,
        f"Listen to `{now}`." if now else "Take this subscription out, or create the table again in a new migration.",
        "high",
        related=(Related(gone.place, f"{gone.how} here"),),
        suggestions=(Suggestion("did-you-mean", now, 1.0, ("renamed in the history",)),) if now else (),
    )


RULE = Rule("FC116", "not-published", Severity.WARNING, "changes of a table that is outside the publication", check)
