"""A table that nothing uses: no code, view, function, policy or trigger, and no foreign key of another table.

It may be left over from something that was taken out, or be waiting for something that was never built. What uses the
database from elsewhere (another repository, a dashboard, a scheduled job) is not seen here. Nothing is said of a table that
SQL in the code speaks of (`delete from deals`), that an ORM's files declare, or whose name stands in a file of another
language (Python, Dart, Swift, a shell …) or is asked for by the code of another Supabase project in the repository.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id uuid primary key);
alter table deals enable row level security;
create policy "everyone reads" on deals for select using (true);
create table old_deals (id uuid primary key);
alter table old_deals enable row level security;
create policy "everyone reads" on old_deals for select using (true);
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id uuid primary key);
alter table deals enable row level security;
create policy "everyone reads" on deals for select using (true);
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import exposed_tables
from analyzer.link import Project
from analyzer.model.finding import Finding, Severity
from analyzer.model.request import embeds
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such table, where it is created; none where a call may ask for any table."""
    unused = [relation for relation in exposed_tables(project) if not relation.open]
    if not unused:
        return
    asked, named, referred = set(called(project)), set(_named(project)), set(_referred(project))
    blind = any(unresolved.kind in ("table", "realtime") for _, unresolved in project.unresolved)
    for relation in unused:
        if relation.name in asked or relation.name in named or relation.oid in referred or not relation.place:
            continue
        qualified = project.catalog.qualified(relation)
        if blind:
            project.withhold(qualified)
            continue
        if doubtful(project, qualified, project.doubts(relation.name, "create", "function")):
            continue
        yield Finding(
            "FC501",
            Severity.INFO,
            f"nothing uses `{qualified}`: no call of the API, view, function, policy or trigger, and no foreign key",
            qualified,
            relation.place,
            "Drop it in a migration, if nothing outside of this repository uses it.",
            "medium",
        )


def called(project: Project) -> Iterator[str]:
    """The names of relations that code asks for, by itself or within a select list."""
    for use in project.uses:
        if use.reference.kind in ("table", "realtime", "type"):
            yield use.name.text
        for selection in use.reference.request.selections if use.reference.request is not None else ():
            for embed in embeds(selection):
                yield embed.target.text
                if embed.hint is not None:
                    yield embed.hint.text


def _named(project: Project) -> Iterator[str]:
    """Every name in the bodies of functions, in views and in the expressions of policies."""
    catalog = project.catalog
    for function in catalog.functions.values():
        if function.body is not None:
            yield from function.body.names
    for relation in catalog.relations.values():
        if relation.query is not None:
            yield from relation.query.names
        for policy in relation.policies:
            yield from (
                catalog.relations[oid].name
                for oid, _ in policy.uses
                if oid in catalog.relations and oid != relation.oid
            )
    for unread in project.replay.unread:
        yield from unread.words


def _referred(project: Project) -> Iterator[int]:
    """The tables that others point at."""
    for relation in project.catalog.relations.values():
        for key in relation.constraints:
            if key.kind == "foreign key" and key.target is not None and key.target != relation.oid:
                yield key.target


RULE = Rule("FC501", "unused-table", Severity.INFO, "a table that nothing uses", check)
