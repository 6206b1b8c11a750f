"""A view in an exposed schema shows columns of auth.users.

The API does not expose the schema `auth`, and for a reason: it holds everybody's address and phone number. A view in
`public` that runs as its owner, or a materialized view, hands them out to whoever may read it.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create view people as select id, email from auth.users;
```

```ts app/people.ts
const { data } = await supabase.from('people').select('email');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table people (id uuid primary key references auth.users (id), name text);
alter table people enable row level security;
create policy "everyone reads" on people for select to authenticated using (true);
```

```ts app/people.ts
const { data } = await supabase.from('people').select('name');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import exposed, reachable
from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Severity
from analyzer.rule import Rule, doubtful, listed

_TELLING = ("email", "phone", "raw_user_meta_data", "raw_app_meta_data")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such view, where it is created."""
    users = project.catalog.relation("auth", "users")
    for view in project.catalog.relations.values():
        own = view.kind in ("view", "materialized_view") and view.place is not None and not view.managed
        asked_as_owner = view.kind == "materialized_view" or not view.security_invoker
        if users is None or not own or not asked_as_owner or not exposed(project, view):
            continue
        shown = _shown(project, view, users)
        if shown and reachable(project, view, "select"):
            qualified = project.catalog.qualified(view)
            if not doubtful(project, qualified, project.doubts(view.name, "alter", "view", since=view.place)):
                yield _finding(view, qualified, shown)


def _shown(project: Project, view: Relation, users: Relation) -> list[str]:
    """The columns of ``auth.users`` that the view gives out, whether as they are or worked into another value."""
    # A view that asks who is asking shows no more than one's own row.
    if view.query is None or "uid" in view.query.names:
        return []
    bases = {column.base[1] for column in view.columns if column.base is not None and column.base[0] == users.oid}
    plain = [column.name for column in users.columns if column.number in bases and column.name != "id"]
    computed = any(column.base is None for column in view.columns)
    used = {number for oid, number in view.uses if oid == users.oid}
    worked = [each.name for each in users.columns if computed and each.number in used and each.name in _TELLING]
    return list(dict.fromkeys((*plain, *worked)))


def _finding(view: Relation, qualified: str, shown: list[str]) -> Finding:
    assert view.place is not None
    return Finding(
        "FC308",
        Severity.ERROR,
        f"`{qualified}` hands out {listed(shown)} of `auth.users` to whoever may read it",
        qualified,
        view.place,
        "Keep what others may see in a table of your own, or revoke select on the view from anon and authenticated.",
    )


RULE = Rule(
    "FC308",
    "auth-users-exposed",
    Severity.ERROR,
    "a view in an exposed schema shows columns of auth.users",
    check,
)
