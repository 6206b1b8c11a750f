"""A view runs with the rights of its owner, over a table with row level security.

PostgreSQL checks a view's tables as the view's owner, and the owner of a migration's views passes row level security by:
whoever may read the view reads all rows. `security_invoker` makes it run as whoever asks.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id), body text);
alter table notes enable row level security;
create policy "own notes" on notes for select to authenticated using ((select auth.uid()) = user_id);
create view recent_notes as select id, body from notes;
```

```ts app/notes.ts
const { data } = await supabase.from('recent_notes').select('body');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, user_id uuid references auth.users (id), body text);
alter table notes enable row level security;
create policy "own notes" on notes for select to authenticated using ((select auth.uid()) = user_id);
create view recent_notes with (security_invoker = on) as select id, body from notes;
```

```ts app/notes.ts
const { data } = await supabase.from('recent_notes').select('body');
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.exposure import API_ROLES, exposed, open_to_read, reachable, tables_under
from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each view that the API's roles may read, where it is created."""
    for view in project.catalog.relations.values():
        own = view.kind == "view" and view.place is not None and not view.managed
        if own and not view.security_invoker and exposed(project, view) and reachable(project, view, "select"):
            readers = [role for role in API_ROLES if reachable(project, view, "select", roles=(role,))]
            guarded = [each for each in tables_under(project, view) if _guarded(project, each, readers)]
            qualified = project.catalog.qualified(view)
            if guarded and not doubtful(
                project, qualified, project.doubts(view.name, "alter", "view", since=view.place)
            ):
                yield _finding(project, view, guarded)


def _guarded(project: Project, table: Relation, readers: Sequence[str]) -> bool:
    """True for rows that not everybody may read who reads the view; those of users are told by a rule of their own."""
    users = project.catalog.schema_of(table) == "auth"
    return table.rls and not users and not all(open_to_read(table, role) for role in readers)


def _finding(project: Project, view: Relation, guarded: list[Relation]) -> Finding:
    assert view.place is not None
    qualified = project.catalog.qualified(view)
    tables = listed(sorted(project.catalog.qualified(each) for each in guarded))
    return Finding(
        "FC305",
        Severity.ERROR,
        f"`{qualified}` runs as its owner, so whoever may read it reads {tables} past row level security",
        qualified,
        view.place,
        f"Add `alter view {qualified} set (security_invoker = on);` to a migration.",
        related=tuple(Related(each.place, f"`{each.name}` has row level security") for each in guarded if each.place),
    )


RULE = Rule(
    "FC305",
    "security-definer-view",
    Severity.ERROR,
    "a view that runs as its owner, over a table with row level security",
    check,
)
